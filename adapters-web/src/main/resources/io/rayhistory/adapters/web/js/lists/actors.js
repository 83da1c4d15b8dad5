// @ts-check
// Actors, their lives one after another, and why they ended.
import { html, nothing } from "../html.js";
import { here, local, retry, to } from "../app.js";
import { num, resources, shortId, time, words } from "../format.js";
import { badge, nameOf, stateOf } from "../ui/badge.js";
import { idOf } from "../ui/copy.js";
import { drawer, facts } from "../ui/drawer.js";
import { excerpt } from "../ui/excerpt.js";
import { chips, choice, searchBox } from "../ui/filters.js";
import { shown } from "../ui/states.js";
import { at, dash, full, idLink, node, ran } from "./cells.js";
import { detailOf, listPage } from "./list.js";

const key = (/** @type {any} */ row) => row.actorId;
const state = (/** @type {any} */ row) => badge(stateOf(row.state, { source: row.source, expected: row.death ? row.death.expected : null }), row);

const columns = [
  { head: "State", sort: "state", cls: "l1", cell: state },
  { head: "Actor", sort: "actor", cls: "", cell: (/** @type {any} */ row) => idLink(row.actorId, row.actorId, "actor") },
  { head: "Class", sort: "class", cls: "l1 wide", cell: (/** @type {any} */ row) => html`<a href=${here({ sel: row.actorId })}>${nameOf(row.className || "?")}</a>${row.name ? html` <b>${nameOf(row.name)}</b>` : nothing}${row.death ? html` <span class="dim">${row.death.text}</span>` : nothing}`, title: (/** @type {any} */ row) => row.death?.text || row.repr || "" },
  { head: "Job", sort: "job", cls: "", cell: (/** @type {any} */ row) => html`<span class="mono">${row.jobId}</span>` },
  { head: "Node", sort: "node", cls: "l2", cell: node },
  { head: "Pid", cls: "num", cell: (/** @type {any} */ row) => row.pid || dash() },
  { head: "Restarts", sort: "restarts", cls: "num l2", label: "restarts", cell: (/** @type {any} */ row) => (row.restarts ? num(row.restarts) : html`<span class="zero">0</span>`) },
  { head: "Started", sort: "start", cls: "num l2", cell: at("startMs"), title: full("startMs") },
  { head: "Ended", sort: "end", cls: "num", cell: at("endMs"), title: full("endMs") },
  { head: "Lived", cls: "num", cell: ran },
];

const bar = () => html`${searchBox("Search class, name, id…")}${choice("state", "state", [["", "any"], ...["ALIVE", "DEAD", "RESTARTING", "PENDING_CREATION", "DEPENDENCIES_UNREADY"].map((s) => /** @type {[string, string]} */ ([s, words(s)]))])}
  ${chips({ class: (v) => `class ${v}`, job: (v) => `job ${v}`, node: (v) => `node ${shortId(v)}`, source: (v) => v })}`;

/** @param {any} c @param {string} sel */
function side(c, sel) {
  const r = detailOf(c, "actors/" + encodeURIComponent(sel), { lines: 40 });
  const a = r.data?.actor;
  return drawer({ title: a ? nameOf(a.name || a.className) : "Actor", name: "sel", key: sel, badge: a ? state(a) : nothing, body: shown(r, (data) => html`
    ${a.death ? html`<section><div class="note ${a.death.expected ? "" : "fail"}"><p>${a.death.text}</p>${a.death.reason && a.death.reason !== a.death.text ? html`<p class="small dim">${a.death.kind} ${a.death.reason}</p>` : nothing}</div></section>` : nothing}
    <section>${facts([["Actor", idOf(a.actorId, "actor", a.actorId)], ["Class", a.className], ["Name", a.name], ["Shown as", a.repr], ["Job", html`<a href=${to("jobs", { sel: a.jobId })}>${a.jobId}</a>`],
      ["Node", a.nodeId ? html`<a href=${to("nodes", { sel: a.nodeId })}>${a.nodeIp || shortId(a.nodeId)}</a>` : ""], ["Worker", a.workerId ? html`${idOf(a.workerId, "worker")}${a.pid ? html` <span class="dim">pid ${a.pid}</span>` : nothing}` : ""],
      ["Resources", resources(a.resources)], ["Detached", a.detached ? "yes" : ""], ["Placement group", a.placementGroupId ? html`<a class="mono" href=${to("groups", { sel: a.placementGroupId })}>${shortId(a.placementGroupId)}</a>` : ""],
      ["Lived", ran(a)], ["How known", a.source === "inferred" ? `inferred: ${a.inferredFrom}` : a.source === "unfinished" ? "no end is recorded" : "recorded"], ["Tasks", html`<a href=${to("tasks", { actor: a.actorId })}>of this actor</a>`]])}</section>
    ${a.incarnations?.length ? html`<section><h3>Lives</h3><table class="data still plain"><thead><tr><th scope="col">#</th><th scope="col">From</th><th scope="col">Node</th><th scope="col">Worker</th><th scope="col" class="num">Pid</th></tr></thead><tbody>${a.incarnations.map((/** @type {any} */ life, /** @type {number} */ i) =>
      html`<tr><td>${i}</td><td class="num">${time(life.startMs, local(), true) || dash()}</td><td><a class="mono" href=${to("nodes", { sel: life.nodeId })}>${shortId(life.nodeId)}</a></td><td>${idOf(life.workerId, "worker")}</td><td class="num">${life.pid ?? dash()}</td></tr>`)}</tbody></table></section>` : nothing}
    ${data.logs.map((/** @type {any} */ log) => excerpt(log, "Log"))}`, { retry: () => retry("drawer") }) });
}

export const page = listPage({ view: "actors", path: "actors", title: "Actors", one: "actor", filters: ["state", "class", "job", "node", "source"], bar, columns, key, defaultSort: "start", drawer: side, none: nothing });
