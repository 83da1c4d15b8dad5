// @ts-check
// The attempts of one cause, each with what became of its task.
import { html, nothing } from "../html.js";
import { here, local, to } from "../app.js";
import { dateTime, duration, num, shortId, time } from "../format.js";
import { badge, nameOf, stateBadge, stateOf } from "../ui/badge.js";

/** @param {any} row */
const name = (row) => `${row.taskId}.${row.attempt}`;

/** @param {any} data @param {any} selected @param {any} group */
export function attempts(data, selected, group) {
  return html`<div class="attempts" role="region" aria-label="Attempts" tabindex="0"><table class="data"><thead><tr><th scope="col">Attempt</th><th scope="col">Task</th><th scope="col">State</th><th scope="col">Node</th><th scope="col" class="num">Ended</th><th scope="col" class="num">Ran</th><th scope="col">More</th></tr></thead>
    <tbody>${data.rows.map((/** @type {any} */ row) => line(row, selected, group))}</tbody></table></div>
    ${data.nextCursor || data.first ? html`<nav class="pager block" aria-label="Pages of attempts"><span>${num(data.first + 1)}–${num(data.first + data.rows.length)} of ${num(data.total)}</span>
      ${data.first ? html`<a class="button" href=${here({ g: group.key, cursor: "", a: "" })}>« Newest</a>` : nothing}${data.nextCursor ? html`<a class="button" href=${here({ g: group.key, cursor: data.nextCursor, a: "" })}>Next ›</a>` : nothing}</nav>` : nothing}`;
}

/** @param {any} row @param {any} selected @param {any} group */
function line(row, selected, group) {
  const on = selected && selected.taskId === row.taskId && selected.attempt === row.attempt;
  return html`<tr aria-current=${on ? "true" : nothing}><td><a class="mono" href=${here({ g: group.key, a: name(row) })} title=${row.taskId}>${shortId(row.taskId)} #${row.attempt}</a></td>
    <td class="mid" title=${row.name}><a href=${to("tasks", { sel: name(row) })}>${nameOf(row.name || row.function)}</a></td>
    <td>${history(row)}</td><td>${row.nodeIp || html`<span class="zero">–</span>`}</td><td class="num" title=${dateTime(row.endMs, local(), true)}>${time(row.endMs, local()) || "–"}</td><td class="num">${duration(row.durationMs) || "–"}</td>
    <td><a href=${to("tasks", { sel: name(row) })}>details</a></td></tr>`;
}

/** "✕ failed → ✓ retry finished". @param {any} row */
function history(row) {
  const later = (row.history || []).filter((/** @type {any} */ h) => h.attempt > row.attempt);
  return html`<span class="row tight">${stateBadge(row.state, { ...row, recovered: false })}${later.map((/** @type {any} */ h) => html`<span aria-hidden="true" class="dim">→</span>${badge({ ...stateOf(h.state), word: `#${h.attempt} ${stateOf(h.state).word}` })}`)}</span>`;
}
