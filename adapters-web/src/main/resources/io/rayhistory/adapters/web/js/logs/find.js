// @ts-check
// Searching one file on the server: hits as a list, and going from one to the next.
import { html, nothing } from "../html.js";
import { resource, set } from "../app.js";
import { getLoaded, sessionApi, withQuery } from "../api.js";
import { bytes, num, plural } from "../format.js";
import { encodePath } from "../router.js";

const MOST_HITS = 1000;
const ERRORS = "ERROR|FATAL|CRITICAL|Traceback";

/** @param {any} c @param {string} node @param {string} file */
export function hits(c, node, file) {
  const q = c.q.get("find") || "";
  const url = withQuery(`${sessionApi(c.path)}/log-find/${encodeURIComponent(node)}/${encodePath(file)}`, { q, regex: c.q.get("regex"), case: c.q.get("case"), limit: MOST_HITS });
  return resource("hits", q ? url : "", (signal) => (q ? getLoaded(url, signal) : Promise.resolve(null)), { keep: true });
}

/** Lines with errors. @param {any} c @param {string} node @param {string} file @param {AbortSignal} signal */
export const errors = (c, node, file, signal) => getLoaded(withQuery(`${sessionApi(c.path)}/log-find/${encodeURIComponent(node)}/${encodePath(file)}`, { q: ERRORS, regex: 1, case: 1, limit: MOST_HITS }), signal);

let timer = 0;

/** @param {any} c @param {any} r @param {number} current @param {(by: number) => void} step */
export function findBar(c, r, current, step) {
  const count = r.data?.hits.length || 0;
  return html`<input type="search" class="find" placeholder="Find in this file" aria-label="Find in this file" .value=${c.q.get("find") || ""} autocomplete="off" spellcheck="false"
      @input=${(/** @type {InputEvent} */ event) => { const { value } = /** @type {HTMLInputElement} */ (event.target); clearTimeout(timer); timer = setTimeout(() => set({ find: value }, { replace: true }), 250); }}
      @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") { event.preventDefault(); step(event.shiftKey ? -1 : 1); } }}>
    <button type="button" aria-pressed=${c.q.get("case") ? "true" : "false"} title="Upper and lower case differ" @click=${() => set({ case: c.q.get("case") ? "" : "1" }, { replace: true })}>Aa</button>
    <button type="button" aria-pressed=${c.q.get("regex") ? "true" : "false"} title="Regular expression" @click=${() => set({ regex: c.q.get("regex") ? "" : "1" }, { replace: true })}>.*</button>
    ${c.q.get("find") ? html`<span class="small num dim" role="status">${r.status === "error" ? r.error.message : r.status === "loading" ? "searching…" : count ? `${current >= 0 ? num(current + 1) + " of " : ""}${plural(count, "hit")}${r.data.nextCursor ? " or more" : ""}` : `no hit in ${bytes(r.data?.scanned || 0)}`}</span>
      <button type="button" aria-label="Previous hit" ?disabled=${!count} @click=${() => step(-1)}>‹</button><button type="button" aria-label="Next hit" ?disabled=${!count} @click=${() => step(1)}>›</button>` : nothing}`;
}
