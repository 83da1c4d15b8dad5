// @ts-check
// What the cluster said about itself.
import { html, nothing } from "../html.js";
import { here, local, to } from "../app.js";
import { dateTime, words } from "../format.js";
import { badge } from "../ui/badge.js";
import { drawer, facts } from "../ui/drawer.js";
import { choice, chips, searchBox } from "../ui/filters.js";
import { listPage } from "./list.js";

const key = (/** @type {any} */ row) => row.id;
const BAD = new Set(["ERROR", "FATAL"]);
const severity = (/** @type {any} */ row) => badge(BAD.has(row.severity) ? { sign: "✕", word: words(row.severity), tone: "fail" } : row.severity === "WARNING" ? { sign: "◐", word: "warning", tone: "open" } : { sign: "○", word: words(row.severity || "info"), tone: "plain" });

const columns = [
  { head: "Severity", sort: "severity", cls: "l1", cell: severity },
  { head: "Time", sort: "time", cls: "l2", cell: (/** @type {any} */ row) => html`<span class="num">${dateTime(row.ms, local())}</span>`, title: (/** @type {any} */ row) => dateTime(row.ms, local(), true) },
  { head: "Source", cls: "l2", cell: (/** @type {any} */ row) => words(row.sourceType || "") },
  { head: "Kind", cls: "", cell: (/** @type {any} */ row) => words(row.label || "") },
  { head: "Message", cls: "l1 wide", cell: (/** @type {any} */ row) => html`<a data-nav href=${here({ sel: row.id })}>${row.message || row.label}</a>`, title: (/** @type {any} */ row) => row.message },
];

const bar = () => html`${searchBox("Search messages…")}${choice("severity", "severity", [["", "any"], ...["INFO", "WARNING", "ERROR", "FATAL"].map((s) => /** @type {[string, string]} */ ([s, words(s)]))])}
  ${chips({ sourceType: (v) => words(v), job: (v) => `job ${v}` })}`;

/** @param {any} c @param {string} sel @param {any} row */
const side = (c, sel, row) => (row ? drawer({ title: words(row.label || row.severity), name: "sel", key: sel, badge: severity(row), body: html`<section><pre class="box said" tabindex="0" aria-label="Message">${row.message}</pre></section>
  <section>${facts([["Time", dateTime(row.ms, local(), true)], ["Source", html`<a href=${to("events", { sourceType: row.sourceType })}>${words(row.sourceType || "")}</a>`], ["Host", row.hostname], ["Pid", row.pid || ""],
    ["Job", row.jobId ? html`<a href=${to("jobs", { sel: row.jobId })}>${row.jobId}</a>` : ""], ["Submission", row.submissionId ? html`<a href=${to("jobs", { sel: row.submissionId })}>${row.submissionId}</a>` : ""], ["Event", html`<code>${row.id}</code>`]])}</section>` }) : nothing);

export const page = listPage({ view: "events", path: "events", title: "Events", one: "event", filters: ["severity", "sourceType", "job", "from", "to"], bar, columns, key, defaultSort: "time", drawer: side, none: nothing });
