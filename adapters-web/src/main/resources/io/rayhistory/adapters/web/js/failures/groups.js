// @ts-check
// The causes as a list, in the order the server gives: incidents, what was not recovered, what was.
import { html, nothing, repeat } from "../html.js";
import { current, here, local, set } from "../app.js";
import { num, plural, time, visible } from "../format.js";
import { nameOf } from "../ui/badge.js";

const SECTIONS = { incident: "Incidents: one cause, many victims", failed: "Not recovered", recovered: "Recovered by a retry" };
const KINDS = { node: "node died", memory: "out of memory", job: "job failed", actor: "actor died" };

/** So many causes of a section are read at first; no more than that are kept back for less than a few. */
const FIRST = 20;
const FEW = 5;

/** @param {any[]} groups @param {string} selected */
export function groupList(groups, selected) {
  return html`<div class="panel list">${Object.entries(SECTIONS).map(([section, title]) => {
    const mine = groups.filter((g) => g.section === section);
    const attempts = (/** @type {any[]} */ some) => some.reduce((sum, g) => sum + g.attempts, 0);
    const whole = current().query.has("all") || mine.length <= FIRST + FEW || mine.findIndex((g) => g.key === selected) >= FIRST;
    const rest = whole ? [] : mine.slice(FIRST);
    return mine.length ? html`<section aria-label=${title}><h2><span>${title}</span><span class="num">${mine.length > FIRST ? `${plural(mine.length, "cause")}, ` : ""}${plural(attempts(mine), "attempt")}</span></h2>
      <ul>${repeat(whole ? mine : mine.slice(0, FIRST), (g) => g.key, (g) => line(g, g.key === selected))}</ul>
      ${rest.length ? html`<button type="button" class="plain more" @click=${() => set({ all: "1" }, { replace: true })}>Show ${plural(rest.length, "more cause")} <span class="dim num">${plural(attempts(rest), "attempt")}</span></button>` : nothing}</section>` : nothing;
  })}</div>`;
}

/** @param {any} g @param {boolean} on */
function line(g, on) {
  const recovered = g.section === "recovered";
  return html`<li><a data-nav data-key=${g.key} class="group" href=${here({ g: g.key, a: "" })} aria-current=${on ? "true" : nothing}>
    <span class="sign ${recovered ? "infer" : "fail"}" aria-hidden="true">${recovered ? "↻" : "✕"}</span>
    <span class="what"><b class="cut" title=${g.title}>${nameOf(g.title)}</b><span class="cut small dim">${under(g)}</span></span>
    <span class="times num" title=${plural(g.attempts, "attempt")}>×${num(g.count)}</span></a></li>`;
}

/** @param {any} g */
function under(g) {
  const functions = (g.functions || []).slice(0, 3).map((/** @type {any} */ f) => (f.count > 1 ? `${f.name} ×${f.count}` : f.name));
  const more = (g.functionCount || 0) - functions.length;
  const place = g.file ? `${g.file}${g.line ? ":" + g.line : ""}` : "";
  const kind = g.section === "incident" && !functions.length ? KINDS[/** @type {keyof typeof KINDS} */ (g.kind)] || "" : "";
  return [functions.join(", ") + (more > 0 ? ` and ${more} more` : ""), kind, place, time(g.firstMs, local()), g.failedJob ? "in a failed job" : ""].filter(Boolean).map(visible).join(" · ");
}
