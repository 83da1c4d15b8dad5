// @ts-check
// What stands where data are not: loading, nothing, failure.
import { html, nothing } from "../html.js";
import { paint } from "../app.js";
import { bytes, num } from "../format.js";

const PATIENCE_MS = 150;

/** @param {import("../app.js").Resource} r */
function patient(r) {
  const left = PATIENCE_MS - (performance.now() - r.since);
  if (left > 0) setTimeout(paint, left + 5);
  return left > 0;
}

/**
 * The view of what was asked, or what stands in its place.
 * @param {import("../app.js").Resource} r @param {(data: any) => any} view @param {{retry: () => void, rows?: number, what?: string}} about
 */
export function shown(r, view, about) {
  if (r.status === "error" && !r.data) return failed(r.error, about.retry, about.what);
  if (r.data === null) return patient(r) ? nothing : skeleton(about.rows || 8);
  return html`${r.status === "error" ? failed(r.error, about.retry, about.what) : nothing}${view(r.data)}`;
}

/** @param {number} rows */
export const skeleton = (rows) => html`<div role="status"><span class="sr">Loading</span>${Array.from({ length: rows }, () => html`<div class="skeleton line"></div>`)}</div>`;

const TITLES = { unavailable: "The store does not answer", missing: "Not stored", invalid: "This link cannot be understood", corrupt: "This cannot be read",
  offline: "The server does not answer", busy: "The server is busy", too_large: "Too much to show" };

/** @param {any} error @param {(() => void)|null} again @param {string} [what] */
export function failed(error, again, what = "") {
  const title = TITLES[/** @type {keyof typeof TITLES} */ (error.kind)] || "This cannot be shown";
  return html`<div class="note fail" role="alert"><h2>${what ? what + ": " : ""}${title.replace(/^./, (c) => (what ? c.toLowerCase() : c))}</h2>
    <p>${error.message}</p>${again ? html`<div class="row"><button type="button" @click=${again}>Try again</button></div>` : nothing}</div>`;
}

/** @param {string} title @param {any} [more] */
export const empty = (title, more = nothing) => html`<div class="center panel"><h2>${title}</h2>${more}</div>`;

/** How far the reading of a session is. @param {any} load */
export function reading(load) {
  const p = load.progress;
  const part = p && p.bytes ? p.bytesRead / p.bytes : p && p.files ? p.filesRead / p.files : null;
  const text = p && p.files ? `Reading ${num(p.filesRead)} of ${num(p.files)} objects, ${bytes(p.bytesRead)} of ${bytes(p.bytes)}` : "Looking for the session's objects";
  return html`<section class="load panel" role="status" aria-label="Loading"><h2>Reading the session</h2>
    <progress aria-label="Reading the session" max="1" value=${part === null ? nothing : part}></progress><p class="dim num">${text}${p && p.events ? html`, ${num(p.events)} events` : nothing}</p></section>`;
}
