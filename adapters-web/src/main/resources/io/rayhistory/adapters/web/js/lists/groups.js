// @ts-check
// Placement groups and where their bundles went.
import { html, nothing } from "../html.js";
import { to } from "../app.js";
import { resources, shortId, words } from "../format.js";
import { idOf } from "../ui/copy.js";
import { drawer, facts } from "../ui/drawer.js";
import { choice, searchBox } from "../ui/filters.js";
import { dash, idLink, state } from "./cells.js";
import { listPage } from "./list.js";

const key = (/** @type {any} */ row) => row.placementGroupId;

const columns = [
  { head: "State", sort: "state", cls: "l1", cell: state },
  { head: "Group", sort: "group", cls: "l1", cell: (/** @type {any} */ row) => idLink(row.placementGroupId, row.placementGroupId, "placement group") },
  { head: "Name", sort: "name", cls: "wide", cell: (/** @type {any} */ row) => row.name || dash() },
  { head: "Job", sort: "job", cls: "l2", label: "job", cell: (/** @type {any} */ row) => html`<span class="mono">${row.jobId || "–"}</span>` },
  { head: "Bundles", cls: "num l2", label: "bundles", cell: (/** @type {any} */ row) => row.bundles.length },
  { head: "Detached", cls: "", cell: (/** @type {any} */ row) => (row.detached ? "yes" : dash()) },
];

const bar = () => html`${searchBox("Search name, id…")}${choice("state", "state", [["", "any"], ...["CREATED", "PENDING", "REMOVED", "RESCHEDULING"].map((s) => /** @type {[string, string]} */ ([s, words(s)]))])}`;

/** @param {any} c @param {string} sel @param {any} row */
const side = (c, sel, row) => (row ? drawer({ title: row.name || shortId(row.placementGroupId), name: "sel", key: sel, badge: state(row), body: html`
  <section>${facts([["Group", idOf(row.placementGroupId, "placement group", row.placementGroupId)], ["Job", row.jobId ? html`<a href=${to("jobs", { sel: row.jobId })}>${row.jobId}</a>` : ""], ["Detached", row.detached ? "yes" : "no"],
    ["How known", row.source === "inferred" ? `inferred: ${row.inferredFrom}` : row.source]])}</section>
  <section><h3>Bundles</h3><table class="data still plain"><thead><tr><th scope="col">#</th><th scope="col">Resources</th><th scope="col">Node</th></tr></thead><tbody>${row.bundles.map((/** @type {any} */ b) =>
    html`<tr><td>${b.index}</td><td>${resources(b.resources)}</td><td>${b.nodeId ? html`<a class="mono" href=${to("nodes", { sel: b.nodeId })}>${shortId(b.nodeId)}</a>` : dash()}</td></tr>`)}</tbody></table></section>` }) : nothing);

export const page = listPage({ view: "groups", path: "placement-groups", title: "Placement groups", one: "placement group", filters: ["state", "job"], bar, columns, key, defaultSort: "group", drawer: side,
  none: html`<p>Tasks and actors of this session were placed one by one.</p>` });
