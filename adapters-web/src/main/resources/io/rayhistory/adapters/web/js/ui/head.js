// @ts-check
// The top of a session: what it is, how it went, how complete the record is, and the ways to its views.
import { html, nothing } from "../html.js";
import { current, local, to, zone } from "../app.js";
import { dateTime, duration, num, span } from "../format.js";
import { badge, outcomeState } from "./badge.js";
import { decode } from "../router.js";

/** @type {[string, string, (facts: any) => number|null][]} */
const TABS = [["failures", "Failures", (f) => f.failureGroups], ["timeline", "Timeline", () => null], ["tasks", "Tasks", (f) => f.attempts.total],
  ["actors", "Actors", (f) => f.actors.total], ["jobs", "Jobs", (f) => f.jobs.total], ["nodes", "Nodes", (f) => f.nodes.total],
  ["groups", "Groups", (f) => f.placementGroups], ["logs", "Logs", () => null], ["events", "Events", (f) => f.events]];

const OWNERS = { rayjob: "RayJob", rayservice: "RayService" };

/** @param {any} owner */
export const ownerOf = (owner) => (owner && OWNERS[/** @type {keyof typeof OWNERS} */ (owner.kind)] ? `${OWNERS[/** @type {keyof typeof OWNERS} */ (owner.kind)]} ${owner.name}` : "");

/** @param {any} c */
export function sessionHead(c) {
  const data = c.session.data;
  const [, cluster, session] = c.path.split("/").map(decode);
  const known = data?.facts || data?.session.summary;
  return html`<div class="head"><div class="row"><h1 tabindex="-1">${data ? data.session.cluster : cluster}</h1>${data ? badges(data) : nothing}</div>
    <div class="facts-line"><span>session <b>${data ? dateTime(data.session.startMs, local()) || data.session.session : session}</b></span>${known ? facts(known, data) : nothing}</div>
    <nav class="tabs" aria-label="Views of this session">${TABS.map(([view, name, count]) => {
      const n = data?.facts ? count(data.facts) : null;
      return html`<a href=${to(view)} aria-current=${current().view === view ? "page" : nothing}>${name}${n === null ? nothing : html`<span class="count">${num(n)}</span>`}</a>`;
    })}</nav></div>`;
}

/** @param {any} data @param {string} kind */
const has = (data, kind) => (data.warnings || []).some((/** @type {any} */ w) => w.kind === kind);

/** @param {any} data */
function badges(data) {
  const outcome = data.outcome || data.session.summary?.outcome || "";
  const causes = data.causes ?? data.session.summary?.causes ?? 0;
  const word = outcome === "failed" ? `${num(causes)} ${causes === 1 ? "cause" : "causes"} of failure` : outcome === "recovered" ? "every failure was recovered" : outcome === "succeeded" ? "nothing failed" : "";
  const open = data.facts?.jobs.unfinished || 0;
  return html`${outcome ? badge(outcomeState(outcome, word || undefined)) : nothing}
    ${open ? badge({ sign: "◐", word: `record stops while ${open} ${open === 1 ? "job was" : "jobs were"} running`, tone: "open" }) : nothing}
    ${has(data, "silent") ? badge({ sign: "?", word: "record has gaps", tone: "open" }) : nothing}${has(data, "damage") ? badge({ sign: "?", word: "record is damaged", tone: "open" }) : nothing}`;
}

/** The day is told already where the record begins on the session's. @param {any} f */
function range(f) {
  const text = span(f.startMs, f.recordEndMs, local());
  return text.length < 35 ? text.slice(11) : text;
}

/** @param {any} f facts, or what the summary knows @param {any} data */
function facts(f, data) {
  const total = (/** @type {any} */ n) => (n && typeof n === "object" ? n.total : n) ?? 0;
  return html`${f.recordEndMs ? html`<span>record <b>${range(f)} ${zone()}</b> (${duration(f.durationMs)})</span>` : nothing}
    <span><b>${num(total(f.nodes))}</b> ${total(f.nodes) === 1 ? "node" : "nodes"}${f.nodes?.dead ? `, ${f.nodes.dead} dead` : ""}</span>
    <span><b>${num(total(f.jobs))}</b> ${total(f.jobs) === 1 ? "job" : "jobs"}${f.jobs?.failed ? `, ${f.jobs.failed} failed` : ""}</span>
    <span><b>${num(total(f.attempts))}</b> attempts</span>
    ${ownerOf(data.session.owner) ? html`<span>${ownerOf(data.session.owner)}</span>` : nothing}
    ${f.rayVersion ? html`<span>Ray <b>${f.rayVersion}</b></span>` : nothing}`;
}
