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
 * @typedef {{kind: "group"|"lane", group: number, lane: number, label: string}} Row
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

/** What lanes can be put together by. */
export const BY = ["node", "job"];

/**
 * Headings with their lanes below them. @param {Model} m @param {{by: string, folded: Set<number>, failuresOnly: boolean}} how @returns {Row[]}
 */
export function rowsOf(m, how) {
  /** @type {Map<number, number[]>} */
  const groups = new Map();
  m.header.lanes.forEach((/** @type {any} */ lane, /** @type {number} */ i) => {
    if (how.failuresOnly && m.failedFirst[i] === m.failedFirst[i + 1]) return;
    const group = how.by === "job" ? lane.job : lane.node;
    if (!groups.has(group)) groups.set(group, []);
    /** @type {number[]} */ (groups.get(group)).push(i);
  });
  /** @type {Row[]} */
  const rows = [];
  for (const [group, lanes] of [...groups].sort((a, b) => (a[0] < 0 ? Infinity : a[0]) - (b[0] < 0 ? Infinity : b[0]))) {
    const folded = how.folded.has(group);
    rows.push({ kind: "group", group, lane: -1, label: `${folded ? "▸" : "▾"} ${how.by === "job" ? jobLabel(m.header.jobs[group]) : nodeLabel(m.header.nodes[group])}${folded ? ` (${lanes.length})` : ""}` });
    if (!folded) for (const lane of lanes) rows.push({ kind: "lane", group, lane, label: laneLabel(m, m.header.lanes[lane], how.by === "job") });
  }
  return rows;
}

/** @param {any} node */
const nodeLabel = (node) => (node ? node.ip + (node.head ? " head" : "") : "node not recorded");

/** @param {any} job */
const jobLabel = (job) => (job ? (job.submissionId ? `${job.submissionId} (${job.jobId})` : `job ${job.jobId}`) : "job not recorded");

/** @param {Model} m @param {any} lane @param {boolean} told which node it is on */
function laneLabel(m, lane, told) {
  if (lane.sub) return "";
  const worker = lane.pid ? String(lane.pid) : shortId(lane.workerId);
  const node = told && m.header.nodes.length > 1 && m.header.nodes[lane.node];
  return worker ? (node ? `${worker}, ${node.ip}` : `worker ${worker}`) : "not on a worker";
}
