// @ts-check
// The causes as a list, in the order the server gives: incidents, what was not recovered, what was.
import { html, nothing, repeat } from "../html.js";
import { here, local } from "../app.js";
import { num, plural, time, visible } from "../format.js";
import { nameOf } from "../ui/badge.js";

const SECTIONS = { incident: "Incidents: one cause, many victims", failed: "Not recovered", recovered: "Recovered by a retry" };
const KINDS = { node: "node died", memory: "out of memory", job: "job failed", actor: "actor died" };

/** @param {any[]} groups @param {string} selected @param {any} data */
export function groupList(groups, selected, data) {
  return html`<div class="panel list">${Object.entries(SECTIONS).map(([section, title]) => {
    const mine = groups.filter((g) => g.section === section);
    const attempts = mine.reduce((sum, g) => sum + g.attempts, 0);
    return mine.length ? html`<section aria-label=${title}><h2><span>${title}</span><span class="num">${plural(attempts, "attempt")}</span></h2>
      <ul>${repeat(mine, (g) => g.key, (g) => line(g, g.key === selected))}</ul></section>` : nothing;
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
