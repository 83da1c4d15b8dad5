// @ts-check
// Nodes: their lives over the session, and why they ended.
import { html, nothing } from "../html.js";
import { here, local, to } from "../app.js";
import { dateTime, num, resources, shortId, words } from "../format.js";
import { badge, stateOf } from "../ui/badge.js";
import { idOf } from "../ui/copy.js";
import { drawer, facts } from "../ui/drawer.js";
import { choice, searchBox } from "../ui/filters.js";
import { at, full, idLink, ran } from "./cells.js";
import { listPage } from "./list.js";

const key = (/** @type {any} */ row) => row.nodeId;
const state = (/** @type {any} */ row) => badge(row.state === "ALIVE" ? { sign: "◐", word: "alive at record end", tone: "plain" } : stateOf(row.state, row), row);

/** @param {any} row */
const life = (row) => html`<div class="bar" role="img" aria-label="Life of the node"><i class=${row.expected === false ? "fail" : ""} .style=${place(row)}></i></div>`;
let facts0 = { startMs: 0, recordEndMs: 1 };
/** @param {any} row */
function place(row) {
  const all = Math.max(1, facts0.recordEndMs - facts0.startMs);
  const from = Math.max(0, (row.startMs - facts0.startMs) / all);
  const until = Math.min(1, ((row.endMs || facts0.recordEndMs) - facts0.startMs) / all);
  return `left:${from * 100}%;width:${Math.max(1, (until - from) * 100)}%`;
}

const columns = [
  { head: "State", sort: "state", cls: "l1", cell: state },
  { head: "Node", sort: "ip", cls: "l1", cell: (/** @type {any} */ row) => html`<a data-nav href=${here({ sel: row.nodeId })}><b>${row.ip || "?"}</b></a>${row.head ? html` <span class="dim">head</span>` : nothing}` },
  { head: "Id", cls: "", cell: (/** @type {any} */ row) => idLink(row.nodeId, row.nodeId, "node") },
  { head: "Life", cls: "life", cell: life },
  { head: "Started", sort: "start", cls: "num l2", cell: at("startMs"), title: full("startMs") },
  { head: "Ended", sort: "end", cls: "num l2", cell: at("endMs"), title: full("endMs") },
  { head: "Lived", cls: "num l2", cell: ran },
  { head: "Attempts", cls: "num l2", label: "attempts", cell: (/** @type {any} */ row) => num(row.attempts?.total || 0) },
  { head: "Failed", cls: "num", cell: (/** @type {any} */ row) => (row.attempts?.failed ? html`<b class="fail">${num(row.attempts.failed)}</b>` : html`<span class="zero">0</span>`) },
  { head: "Why it ended", cls: "wide", cell: (/** @type {any} */ row) => row.stateMessage || "", title: (/** @type {any} */ row) => row.stateMessage },
];

const bar = () => html`${searchBox("Search address, id, name…")}${choice("state", "state", [["", "any"], ["ALIVE", "alive at record end"], ["DEAD", words("DEAD")]])}`;

/** @param {any} c @param {string} sel @param {any} row */
function side(c, sel, row) {
  if (!row) return nothing;
  return drawer({ title: row.ip || shortId(row.nodeId), name: "sel", key: sel, badge: state(row), body: html`
    ${row.stateMessage ? html`<section><div class="note ${row.expected === false ? "fail" : ""}"><p>${row.stateMessage}</p></div></section>` : nothing}
    <section>${facts([["Node", idOf(row.nodeId, "node", row.nodeId)], ["Host", row.hostname], ["Name", row.name === row.ip ? "" : row.name], ["Role", row.head ? "head" : "worker"], ["Instance", [row.instanceType, row.instanceId].filter(Boolean).join(" ")],
      ["Started", dateTime(row.startMs, local())], ["Ended", dateTime(row.endMs, local()) || "not recorded"], ["Lived", ran(row)], ["Resources", resources(row.resources)],
      ["Labels", Object.entries(row.labels || {}).map(([name, value]) => html`<div class="small mono">${name}=${value}</div>`)],
      ["Attempts", html`<a href=${to("tasks", { node: row.nodeId })}>${num(row.attempts.total)}</a>${row.attempts.failed ? html`, <a href=${to("tasks", { node: row.nodeId, state: "FAILED" })}>${num(row.attempts.failed)} failed</a>` : nothing}`],
      ["Actors", html`<a href=${to("actors", { node: row.nodeId })}>${num(row.actors)}</a>`], ["Logs", row.logs ? html`<a href=${to("logs", {}, row.nodeId)}>of this node</a>` : "none stored"],
      ["How known", row.source === "inferred" ? `inferred: ${row.inferredFrom}` : row.source === "unfinished" ? "no end is recorded" : "recorded"]])}</section>` });
}

const list = listPage({ view: "nodes", path: "nodes", title: "Nodes", one: "node", filters: ["state"], bar, columns, key, defaultSort: "start", drawer: side, none: nothing });

export const page = { ...list, view: (/** @type {any} */ c) => { facts0 = c.session.data?.facts || facts0; return list.view(c); } };
