// @ts-check
// Jobs: what was run, how it ended, and its driver's last words.
import { html, nothing } from "../html.js";
import { here, local, retry, to } from "../app.js";
import { dateTime, num, shortId, words } from "../format.js";
import { badge, stateOf } from "../ui/badge.js";
import { idOf } from "../ui/copy.js";
import { drawer, facts } from "../ui/drawer.js";
import { excerpt } from "../ui/excerpt.js";
import { choice, searchBox } from "../ui/filters.js";
import { shown } from "../ui/states.js";
import { at, dash, full, node, ran } from "./cells.js";
import { detailOf, listPage } from "./list.js";

const key = (/** @type {any} */ row) => row.submissionId || row.jobId;
const state = (/** @type {any} */ row) => badge(row.status ? stateOf(row.status, row) : { sign: "?", word: "outcome not recorded", tone: "plain" }, row);

const columns = [
  { head: "Status", sort: "status", cls: "l1", cell: state },
  { head: "Job", sort: "job", cls: "l1", cell: (/** @type {any} */ row) => html`<a data-nav class="mono" href=${here({ sel: key(row) })}>${row.submissionId || row.jobId}</a>` },
  { head: "Entrypoint", cls: "wide", cell: (/** @type {any} */ row) => html`<span class="mono">${row.entrypoint || "–"}</span>`, title: (/** @type {any} */ row) => row.entrypoint },
  { head: "Exit", cls: "num l2", label: "exit", cell: (/** @type {any} */ row) => (row.exitCode === null || row.exitCode === undefined ? dash() : row.exitCode ? html`<b class="fail">${row.exitCode}</b>` : "0") },
  { head: "Attempts", cls: "num l2", label: "attempts", cell: (/** @type {any} */ row) => num(row.attempts?.total || 0) },
  { head: "Failed", cls: "num", cell: (/** @type {any} */ row) => (row.attempts?.failed ? html`<b class="fail">${num(row.attempts.failed)}</b>` : html`<span class="zero">0</span>`) },
  { head: "Driver on", cls: "", cell: node },
  { head: "Started", sort: "start", cls: "num l2", cell: at("startMs"), title: full("startMs") },
  { head: "Ended", sort: "end", cls: "num", cell: at("endMs"), title: full("endMs") },
  { head: "Ran", sort: "duration", cls: "num l2", cell: ran },
];

const bar = () => html`${searchBox("Search id, entrypoint…")}${choice("status", "status", [["", "any"], ...["FAILED", "SUCCEEDED", "RUNNING", "STOPPED", "PENDING"].map((s) => /** @type {[string, string]} */ ([s, words(s)]))])}`;

/** @param {any} c @param {string} sel */
function side(c, sel) {
  const r = detailOf(c, "jobs/" + encodeURIComponent(sel), { lines: 40 });
  const j = r.data?.job;
  return drawer({ title: j ? key(j) : "Job", name: "sel", key: sel, badge: j ? state(j) : nothing, body: shown(r, (data) => html`
    ${j.message ? html`<section><div class="note ${j.status === "FAILED" ? "fail" : ""}"><p>${j.message}</p></div></section>` : nothing}
    <section>${facts([["Entrypoint", html`<code>${j.entrypoint}</code>`], ["Job", j.jobId ? idOf(j.jobId, "job", j.jobId) : ""], ["Submission", j.submissionId ? idOf(j.submissionId, "submission", j.submissionId) : ""], ["Kind", j.kind],
      ["Exit code", j.exitCode ?? ""], ["Error type", j.errorType], ["Started", dateTime(j.startMs, local())], ["Ended", dateTime(j.endMs, local()) || (j.source === "unfinished" ? "not ended when the record stops" : "")], ["Ran", ran(j)],
      ["Driver on", j.nodeId ? html`<a href=${to("nodes", { sel: j.nodeId })}>${j.nodeIp || shortId(j.nodeId)}</a>${j.pid ? html` <span class="dim">pid ${j.pid}</span>` : nothing}` : ""],
      ["Attempts", j.jobId ? html`<a href=${to("tasks", { job: j.jobId })}>${num(j.attempts.total)}</a>${j.attempts.failed ? html`, <a href=${to("tasks", { job: j.jobId, state: "FAILED" })}>${num(j.attempts.failed)} failed</a>` : nothing}${j.attempts.unfinished ? html`, <a href=${to("tasks", { job: j.jobId, source: "unfinished" })}>${num(j.attempts.unfinished)} unfinished</a>` : nothing}` : ""],
      ["How known", j.source === "inferred" ? `inferred: ${j.inferredFrom}` : j.source], ...Object.entries(j.metadata || {}).map(([name, value]) => /** @type {[string, any]} */ ([name, String(value)]))])}</section>
    ${data.logs.map((/** @type {any} */ log) => excerpt(log, "Driver's log"))}`, { retry: () => retry("drawer") }) });
}

export const page = listPage({ view: "jobs", path: "jobs", title: "Jobs", one: "job", filters: ["status"], bar, columns, key, defaultSort: "start", drawer: side, none: nothing });
