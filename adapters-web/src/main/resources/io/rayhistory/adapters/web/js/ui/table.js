// @ts-check
// The one table: sorted and paged by the server, a link in every row, two lines per row on a phone.
import { html, nothing, repeat } from "../html.js";
import { here, go, set, current } from "../app.js";
import { num } from "../format.js";

/**
 * @typedef {{head: string, cell: (row: any) => any, sort?: string, cls?: string, label?: string, title?: (row: any) => string}} Column
 * @typedef {{columns: Column[], data: any, key: (row: any) => string, href: (row: any) => string, selected?: string, busy?: boolean, label: string,
 *   defaultSort: string}} Table
 */

/** @param {Table} t */
export function table(t) {
  const sort = current().query.get("sort") || t.defaultSort;
  return html`<div class="scroll lines" role="region" aria-label=${t.label} tabindex="0"><table class="data" role="table" aria-label=${t.label} aria-busy=${t.busy ? "true" : nothing}>
    <thead role="rowgroup"><tr role="row">${t.columns.map((column) => head(column, sort))}</tr></thead>
    <tbody role="rowgroup">${repeat(t.data.rows, t.key, (row) => line(t, row))}</tbody></table></div>${pager(t.data)}`;
}

/** @param {Column} column @param {string} sort */
function head(column, sort) {
  const field = column.sort || "";
  const down = sort === "-" + field;
  const on = field && (sort === field || down);
  return html`<th role="columnheader" scope="col" class=${column.cls || ""} aria-sort=${on ? (down ? "descending" : "ascending") : nothing}>${field
    ? html`<button type="button" @click=${() => set({ sort: on ? (down ? field : "-" + field) : column.cls?.includes("num") ? "-" + field : field, cursor: "" })}>${column.head}<span class="arrow" aria-hidden="true">${on ? (down ? "↓" : "↑") : ""}</span></button>`
    : column.head || html`<span class="sr">${column.label || "more"}</span>`}</th>`;
}

/** @param {Table} t @param {any} row */
function line(t, row) {
  const key = t.key(row);
  return html`<tr role="row" data-key=${key} aria-current=${key === t.selected ? "true" : nothing} @click=${(/** @type {MouseEvent} */ event) => open(event, t.href(row))}>${t.columns.map((column) =>
    html`<td role="cell" class=${column.cls || ""} data-label=${column.label || nothing} title=${column.title ? column.title(row) : nothing}>${column.cell(row)}</td>`)}</tr>`;
}

/** A click anywhere in the row opens it, but selecting text does not. @param {MouseEvent} event @param {string} href */
function open(event, href) {
  if (event.defaultPrevented || (event.target instanceof Element && event.target.closest("a, button")) || String(getSelection())) return;
  go(href);
}

/** @param {any} data */
function pager(data) {
  const cursor = current().query.get("cursor") || "";
  const trail = /** @type {string[]} */ (history.state?.trail || []);
  if (!cursor && !data.nextCursor) return nothing;
  const first = data.first + 1;
  return html`<nav class="pager" aria-label="Pages"><span>${num(first)}–${num(data.first + data.rows.length)} of ${num(data.total)}</span>
    ${cursor ? html`<a class="button" href=${here({ cursor: trail.length ? trail[trail.length - 1] : "" })} @click=${(/** @type {Event} */ event) => turn(event, trail.length ? trail[trail.length - 1] : "", trail.slice(0, -1))}>${trail.length ? "‹ Previous" : "« First page"}</a>` : nothing}
    ${data.nextCursor ? html`<a class="button" href=${here({ cursor: data.nextCursor })} @click=${(/** @type {Event} */ event) => turn(event, data.nextCursor, [...trail, cursor])}>Next ›</a>` : nothing}</nav>`;
}

/** Cursors lead forward only: the way back is kept beside the address. @param {Event} event @param {string} cursor @param {string[]} trail */
function turn(event, cursor, trail) {
  event.preventDefault();
  set({ cursor }, { state: { trail } });
  scrollTo(0, 0);
}
