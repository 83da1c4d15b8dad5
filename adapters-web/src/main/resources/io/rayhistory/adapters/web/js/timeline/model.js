// @ts-check
// The timeline's columns as they come, and the rows they are shown in. Pure.

import { shortId } from "../format.js";

export const FAILED = 1;
export const OPEN = 2;
export const INFERRED = 16;
const KIND = 15;

/**
 * @typedef {{header: any, n: number, start: Uint32Array, duration: Uint32Array, lane: Uint16Array, name: Uint16Array, state: Uint8Array,
 *   failed: Uint32Array, failedFirst: Uint32Array, failedByTime: Uint32Array, end: number}} Model
 * @typedef {{kind: "node"|"lane", node: number, lane: number, label: string}} Row
 */

/** @param {ArrayBuffer} buffer @returns {Model} */
export function decode(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  const n = header.n;
  const at = 4 + length;
  return model(header, new Uint32Array(buffer, at, n), new Uint32Array(buffer, at + 4 * n, n), new Uint16Array(buffer, at + 8 * n, n), new Uint16Array(buffer, at + 10 * n, n), new Uint8Array(buffer, at + 12 * n, n));
}

/** @param {any} header @param {Uint32Array} start @param {Uint32Array} duration @param {Uint16Array} lane @param {Uint16Array} name @param {Uint8Array} state @returns {Model} */
export function model(header, start, duration, lane, name, state) {
  const failedFirst = new Uint32Array(header.lanes.length + 1);
  let count = 0;
  for (let i = 0; i < header.n; i++) if (kind(state[i]) === FAILED) count++;
  const failed = new Uint32Array(count);
  let at = 0;
  header.lanes.forEach((/** @type {any} */ one, /** @type {number} */ l) => {
    failedFirst[l] = at;
    for (let i = one.first; i < one.first + one.count; i++) if (kind(state[i]) === FAILED) failed[at++] = i;
  });
  failedFirst[header.lanes.length] = at;
  const failedByTime = failed.slice().sort((a, b) => start[a] + duration[a] - start[b] - duration[b]);
  let end = Math.round((header.recordEndMs - header.t0Ms) * 1000 / header.unitUs) || 1;
  for (let i = 0; i < header.n; i++) if (start[i] + duration[i] > end) end = start[i] + duration[i];
  return { header, n: header.n, start, duration, lane, name, state, failed, failedFirst, failedByTime, end: Math.max(1, end) };
}

/** 0 finished, 1 failed, 2 open. @param {number} state */
export const kind = (state) => state & KIND;

/** @param {Model} m @param {number} unit */
export const msOf = (m, unit) => m.header.t0Ms + unit * m.header.unitUs / 1000;
/** @param {Model} m @param {number} ms */
export const unitOf = (m, ms) => (ms - m.header.t0Ms) * 1000 / m.header.unitUs;

/**
 * Nodes with their lanes below them. @param {Model} m @param {{folded: Set<number>, failuresOnly: boolean}} how @returns {Row[]}
 */
export function rowsOf(m, how) {
  /** @type {Map<number, number[]>} */
  const byNode = new Map();
  m.header.lanes.forEach((/** @type {any} */ lane, /** @type {number} */ i) => {
    if (how.failuresOnly && m.failedFirst[i] === m.failedFirst[i + 1]) return;
    if (!byNode.has(lane.node)) byNode.set(lane.node, []);
    /** @type {number[]} */ (byNode.get(lane.node)).push(i);
  });
  /** @type {Row[]} */
  const rows = [];
  for (const [node, lanes] of [...byNode].sort((a, b) => (a[0] < 0 ? Infinity : a[0]) - (b[0] < 0 ? Infinity : b[0]))) {
    const about = m.header.nodes[node];
    const folded = how.folded.has(node);
    rows.push({ kind: "node", node, lane: -1, label: `${folded ? "▸" : "▾"} ${about ? about.ip + (about.head ? " head" : "") : "node not recorded"}${folded ? ` (${lanes.length})` : ""}` });
    if (!folded) for (const lane of lanes) rows.push({ kind: "lane", node, lane, label: laneLabel(m.header.lanes[lane]) });
  }
  return rows;
}

/** @param {any} lane */
const laneLabel = (lane) => (lane.sub ? "" : lane.pid ? `worker ${lane.pid}` : lane.workerId ? `worker ${shortId(lane.workerId)}` : "not on a worker");
