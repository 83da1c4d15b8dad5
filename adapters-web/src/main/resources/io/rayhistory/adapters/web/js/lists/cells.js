// @ts-check
// Cells that several lists have.
import { html } from "../html.js";
import { here, local } from "../app.js";
import { dateTime, duration, shortId, time } from "../format.js";
import { stateBadge } from "../ui/badge.js";
import { copyButton } from "../ui/copy.js";

export const dash = () => html`<span class="zero">–</span>`;
/** @param {any} row */
export const state = (row) => stateBadge(row.state ?? row.status, row);
/** @param {any} id @param {string} key @param {string} what @param {any} [shown] */
export const idLink = (id, key, what, shown) => html`<span class="id"><a data-nav href=${here({ sel: key })} title=${id}>${shown ?? shortId(id)}</a>${copyButton(id, `Copy the whole ${what} id`)}</span>`;
/** @param {string} field */
export const at = (field) => (/** @type {any} */ row) => (row[field] ? html`<span class="num">${time(row[field], local())}</span>` : dash());
/** @param {string} field */
export const full = (field) => (/** @type {any} */ row) => dateTime(row[field], local(), true);
/** @param {any} row */
export const ran = (row) => (row.durationMs === null || row.durationMs === undefined ? dash() : duration(row.durationMs));
/** @param {any} row */
export const node = (row) => row.nodeIp || (row.nodeId ? shortId(row.nodeId) : dash());
