// @ts-check
// Task attempts, and all attempts of one task.
import { html, nothing } from "../html.js";
import { here, local, retry, to } from "../app.js";
import { dateTime, duration, resources, shortId, time, words } from "../format.js";
import { nameOf, stateBadge } from "../ui/badge.js";
import { idOf } from "../ui/copy.js";
import { drawer, facts } from "../ui/drawer.js";
import { excerpt } from "../ui/excerpt.js";
import { chips, choice, searchBox } from "../ui/filters.js";
import { shown } from "../ui/states.js";
import { traceback } from "../failures/traceback.js";
import { at, dash, full, idLink, node, ran, state } from "./cells.js";
import { detailOf, listPage } from "./list.js";

const key = (/** @type {any} */ row) => `${row.taskId}.${row.attempt}`;

const columns = [
  { head: "State", sort: "state", cls: "l1", cell: state },
  { head: "Attempt", sort: "task", cls: "", cell: (/** @type {any} */ row) => idLink(row.taskId, key(row), "task", `${shortId(row.taskId)} #${row.attempt}`) },
  { head: "Task", sort: "name", cls: "l1 wide", cell: (/** @type {any} */ row) => html`<a href=${here({ sel: key(row) })}>${nameOf(row.name || row.function || words(row.type || "no name recorded"))}</a>${row.error ? html` <span class="dim">${nameOf(row.error)}</span>` : nothing}`, title: (/** @type {any} */ row) => row.error || row.name },
  { head: "Job", sort: "job", cls: "", cell: (/** @type {any} */ row) => html`<span class="mono">${row.jobId}</span>` },
  { head: "Node", sort: "node", cls: "l2", cell: node },
  { head: "Created", sort: "created", cls: "num", cell: at("createdMs"), title: full("createdMs") },
  { head: "Started", sort: "start", cls: "num l2", cell: at("startMs"), title: full("startMs") },
  { head: "Ended", sort: "end", cls: "num", cell: at("endMs"), title: full("endMs") },
  { head: "Ran", sort: "duration", cls: "num l2", cell: ran },
];

const STATES = ["FAILED", "FINISHED", "RUNNING", "PENDING_NODE_ASSIGNMENT", "PENDING_ARGS_AVAIL", "SUBMITTED_TO_WORKER"];
const TYPES = ["NORMAL_TASK", "ACTOR_TASK", "ACTOR_CREATION_TASK", "DRIVER_TASK"];

const bar = () => html`${searchBox("Search name, id, error…")}${choice("state", "state", [["", "any"], ...STATES.map((s) => /** @type {[string, string]} */ ([s, words(s)]))])}
  ${choice("type", "type", [["", "any"], ...TYPES.map((t) => /** @type {[string, string]} */ ([t, words(t)]))])}
  ${choice("how known", "source", [["", "any"], ["recorded", "recorded"], ["inferred", "≈ inferred"], ["unfinished", "◐ unfinished"]])}
  ${chips({ fn: (v) => `function ${v}`, job: (v) => `job ${v}`, node: (v) => `node ${shortId(v)}`, actor: (v) => `actor ${shortId(v)}`, worker: (v) => `worker ${shortId(v)}`, error: (v) => v, group: (v) => `failure ${v}` })}`;

/** @param {any} c @param {string} sel */
function side(c, sel) {
  const [task] = sel.split(".");
  const r = detailOf(c, "tasks/" + encodeURIComponent(task), { lines: 40 });
  const first = r.data?.attempts.find((/** @type {any} */ a) => key(a) === sel) || r.data?.attempts[0];
  return drawer({ title: first ? nameOf(first.name || first.function || words(first.type || "task")) : "Task", name: "sel", key: sel, badge: first ? stateBadge(first.state, first) : nothing,
    body: shown(r, (data) => html`${data.attempts.length > 1 ? history(data.attempts, sel) : nothing}${first ? attempt(first) : nothing}`, { retry: () => retry("drawer") }) });
}

/** @param {any[]} attempts @param {string} sel */
const history = (attempts, sel) => html`<section aria-label="Attempts"><div class="row">${[...attempts].reverse().map((a, i) => html`${i ? html`<span class="dim" aria-hidden="true">→</span>` : nothing}<a class="button plain" aria-current=${key(a) === sel ? "true" : nothing} href=${here({ sel: key(a) })}>#${a.attempt} ${stateBadge(a.state, a)}</a>`)}</div></section>`;

/** @param {any} a */
function attempt(a) {
  return html`<section>${facts([
    ["Task", idOf(a.taskId, "task", a.taskId)], ["Attempt", String(a.attempt)], ["Function", a.function ? html`<a href=${to("tasks", { fn: a.function })}>${a.function}</a>` : ""], ["Type", words(a.type || "")],
    ["Job", a.jobId ? html`<a href=${to("jobs", { sel: a.jobId })}>${a.jobId}</a>` : ""], ["Actor", a.actorId ? html`<a href=${to("actors", { sel: a.actorId })}>${shortId(a.actorId)}</a>` : ""],
    ["Node", a.nodeId ? html`<a href=${to("nodes", { sel: a.nodeId })}>${a.nodeIp || shortId(a.nodeId)}</a>` : ""], ["Worker", a.workerId ? html`${idOf(a.workerId, "worker")}${a.pid ? html` <span class="dim">pid ${a.pid}</span>` : nothing}` : ""],
    ["Parent", a.parentTaskId ? html`<a href=${here({ sel: a.parentTaskId + ".0" })} class="mono">${shortId(a.parentTaskId)}</a>` : ""],
    ["Resources", resources(a.resources)], ["Placement group", a.placementGroupId ? html`<a class="mono" href=${to("groups", { sel: a.placementGroupId })}>${shortId(a.placementGroupId)}</a>` : ""],
    ["Ran", a.durationMs === null ? "" : duration(a.durationMs) + (a.source === "unfinished" ? ", to the end of the record" : "")],
    ["How known", a.source === "inferred" ? `inferred: ${a.inferredFrom}` : a.source === "unfinished" ? "not ended when the record stops" : "recorded"],
    ["In the timeline", a.startMs ? html`<a href=${to("timeline", { sel: key(a) })}>show</a>` : ""], ["Failure", a.group ? html`<a href=${to("failures", { g: a.group, a: key(a) })}>its group</a>` : ""]])}</section>
    ${a.traceback?.parts.length ? html`<section><h3>Error${a.errorType ? html` <span class="dim">${a.errorType}</span>` : nothing}</h3>${traceback(a.traceback)}</section>` : nothing}
    ${a.transitions?.length ? transitions(a) : nothing}
    ${(a.logs || []).map((/** @type {any} */ log) => excerpt(log, "Log"))}${a.callSite ? html`<section><h3>Called from</h3><pre class="box" tabindex="0" aria-label="Call site">${a.callSite}</pre></section>` : nothing}`;
}

/** @param {any} a */
const transitions = (a) => html`<section><h3>States</h3><table class="data still plain"><tbody>${a.transitions.map((/** @type {any} */ t) => html`<tr><td>${words(t.state)}</td><td class="num" title=${dateTime(t.ms, local(), true)}>${time(t.ms, local(), true)}</td><td class="num">${t.durationMs === null ? dash() : duration(t.durationMs)}</td></tr>`)}</tbody></table></section>`;

export const page = listPage({ view: "tasks", path: "tasks", title: "Tasks", one: "attempt", filters: ["state", "type", "source", "fn", "name", "job", "node", "actor", "worker", "error", "group"], bar, columns, key,
  defaultSort: "created", drawer: side, none: html`<p>Ray exports task events only when told to, before <code>ray start</code>.</p>` });
