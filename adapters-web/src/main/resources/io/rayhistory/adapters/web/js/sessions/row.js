// @ts-check
// One session as a row.
import { html } from "../html.js";
import { local, zone } from "../app.js";
import { address } from "../router.js";
import { ago, dateTime, duration, num } from "../format.js";
import { badge, outcomeState } from "../ui/badge.js";
import { ownerOf } from "../ui/head.js";

/** @param {any} row */
export const hrefOf = (row) => address({ path: row.path, query: { tz: local() ? "local" : "" } });

/** @param {any} row @param {string} name */
const figure = (row, name) => (row.summary ? (row.summary[name] ? num(row.summary[name]) : html`<span class="zero">0</span>`) : html`<span class="zero" title="not read yet">–</span>`);

/** @param {any} row */
function outcome(row) {
  const summary = row.summary;
  if (!summary) return badge(outcomeState(""));
  return badge(outcomeState(summary.outcome, summary.outcome === "failed" && summary.causes ? `${num(summary.causes)} ${summary.causes === 1 ? "cause" : "causes"}` : undefined));
}

export const columns = [
  { head: "Outcome", sort: "outcome", cls: "l1", cell: outcome },
  { head: "Cluster", sort: "cluster", cls: "l1 wide", cell: (/** @type {any} */ row) => html`<a data-nav href=${hrefOf(row)}><b>${row.cluster}</b></a> <span class="dim">${row.namespace}${ownerOf(row.owner) ? " · " + ownerOf(row.owner) : ""}${row.marked ? "" : " · found by its data only"}</span>`, title: (/** @type {any} */ row) => row.session },
  { get head() { return `Started (${zone()})`; }, sort: "start", cls: "l2", cell: (/** @type {any} */ row) => html`<span class="num">${dateTime(row.startMs, local()) || "?"}</span>`, title: (/** @type {any} */ row) => (row.startMs ? `${dateTime(row.startMs, local(), true)} ${zone()}, ${ago(row.startMs, Date.now())}` : "the session's name tells no time") },
  { head: "Record", sort: "duration", cls: "num l2", cell: (/** @type {any} */ row) => (row.summary ? duration(row.summary.durationMs) : html`<span class="zero">–</span>`), title: (/** @type {any} */ row) => (row.summary?.recordEndMs ? `ends ${dateTime(row.summary.recordEndMs, local())} ${zone()}` : "") },
  { head: "Nodes", sort: "nodes", cls: "num", cell: (/** @type {any} */ row) => figure(row, "nodes") },
  { head: "Jobs", sort: "jobs", cls: "num", cell: (/** @type {any} */ row) => figure(row, "jobs") },
  { head: "Attempts", sort: "attempts", cls: "num l2", label: "attempts", cell: (/** @type {any} */ row) => figure(row, "attempts") },
  { head: "Failed", sort: "failures", cls: "num l2", label: "failed", cell: (/** @type {any} */ row) => (row.summary?.failures ? html`<b class="fail">${num(row.summary.failures)}</b>` : figure(row, "failures")) },
  { head: "Ray", cls: "", cell: (/** @type {any} */ row) => row.summary?.rayVersion || html`<span class="zero">–</span>` },
];
