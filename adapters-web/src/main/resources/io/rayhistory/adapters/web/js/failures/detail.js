// @ts-check
// One cause in full: the traceback of its newest attempt, what it hit, and the lines those wrote.
import { html, nothing } from "../html.js";
import { here, local, resource, retry, to } from "../app.js";
import { getLoaded, sessionApi, withQuery } from "../api.js";
import { dateTime, num, shortId, time } from "../format.js";
import { badge, nameOf } from "../ui/badge.js";
import { idOf } from "../ui/copy.js";
import { facts } from "../ui/drawer.js";
import { excerpt } from "../ui/excerpt.js";
import { shown } from "../ui/states.js";
import { attempts } from "./attempts.js";
import { traceback } from "./traceback.js";

/** What the detail asks for. @param {any} c */
export const wanted = (c) => ["attempts", "words"];

/** @param {any} c @param {any} group */
export function detail(c, group) {
  const base = `${sessionApi(c.path)}/failures/${group.key}`;
  const chosen = c.q.get("g") === group.key;
  const more = { a: chosen ? c.q.get("a") : "", cursor: chosen ? c.q.get("cursor") : "", limit: 20 };
  const url = withQuery(base + "/attempts", more);
  const rows = resource("attempts", url, (signal) => getLoaded(url, signal), { keep: false });
  const incident = group.section === "incident";
  const words = incident ? resource("words", base, (signal) => getLoaded(base, signal)) : null;
  return html`<section class="detail panel" role="region" aria-labelledby="detail-title">
    <header><a class="back" href=${here({ g: "", a: "", cursor: "" })}>‹ All failures</a><h2 id="detail-title" tabindex="-1">${nameOf(group.title)}</h2>
      <div class="row about">${group.errorTypes.map((/** @type {string} */ type) => badge({ sign: "✕", word: type, tone: group.section === "recovered" ? "infer" : "fail" }))}
        ${group.attempts ? html`<span><b>${num(group.attempts)}</b> ${group.attempts === 1 ? "attempt" : "attempts"}${group.functionCount ? html` of ${group.functionCount === 1 ? html`<b>${nameOf(group.functions[0].name)}</b>` : html`<b>${num(group.functionCount)}</b> functions`}` : nothing}</span>` : nothing}
        ${group.actorCount ? html`<span><b>${num(group.actorCount)}</b> ${group.actorCount === 1 ? "actor" : "actors"}</span>` : nothing}
        <span title=${dateTime(group.firstMs, local(), true)}>${group.firstMs === group.lastMs ? "at" : "first"} <b class="num">${time(group.firstMs, local())}</b></span>
        ${group.firstMs === group.lastMs ? nothing : html`<span title=${dateTime(group.lastMs, local(), true)}>last <b class="num">${time(group.lastMs, local())}</b></span>`}
        ${group.nodes.length ? html`<span>${group.nodes.length === 1 ? "node" : "nodes"} ${group.nodes.slice(0, 4).map((/** @type {any} */ n, /** @type {number} */ i) => html`${i ? ", " : ""}<a href=${to("nodes", { sel: n.nodeId })}>${n.ip || shortId(n.nodeId)}</a>`)}${group.nodes.length > 4 ? ` and ${group.nodes.length - 4} more` : ""}</span>` : nothing}</div></header>
    ${incident ? subject(group) : nothing}
    ${words ? shown(words, (data) => data.lastWords.map((/** @type {any} */ log) => excerpt(log, "Last words")), { retry: () => retry("words"), rows: 4, what: "Last words" }) : nothing}
    ${shown(rows, (data) => body(c, group, data, incident), { retry: () => retry("attempts"), rows: 12 })}</section>`;
}

/** What died, and why, in the cluster's words. @param {any} g */
const subject = (g) => html`<div class="block">${g.detail ? html`<p class="said">${g.detail}</p>` : nothing}${facts([
  ["Node", g.nodeId ? html`<a href=${to("nodes", { sel: g.nodeId })}>${g.nodeIp || shortId(g.nodeId)}</a> ${idOf(g.nodeId, "node")}` : ""],
  ["Job", g.jobId ? html`<a href=${to("jobs", { sel: g.jobId })}>${g.jobId}</a>` : ""], ["Worker", g.workerId ? idOf(g.workerId, "worker") : ""],
  ["Actor", g.actorId ? html`<a href=${to("actors", { sel: g.actorId })}>${shortId(g.actorId)}</a>` : ""]])}</div>`;

/** @param {any} c @param {any} group @param {any} data @param {boolean} incident */
function body(c, group, data, incident) {
  const s = data.selected;
  if (!data.rows.length) return incident ? html`<p class="block dim">It took no task attempt with it.</p>` : nothing;
  return html`${s && s.traceback && s.traceback.parts.length ? traceback(s.traceback) : s && !incident ? html`<p class="block dim">No message of this failure was recorded.</p>` : nothing}
    ${attempts(data, s, group)}
    ${s ? (s.logs.length ? s.logs.filter((/** @type {any} */ log) => log.lines?.length).map((/** @type {any} */ log) => excerpt(log, `What attempt ${s.attempt} wrote`)) : html`<p class="block small dim">No log of this attempt is stored.</p>`) : nothing}
    <p class="block small dim key">Grouped by ${group.exceptionClass ? html`exception <code>${group.exceptionClass}</code>, its normalised text${group.function ? html`, function <code>${group.function}</code>` : nothing}${group.file ? html` in <code>${group.file}</code>` : nothing}` : "what died, and how"}: key <code>${group.key}</code></p>`;
}
