// @ts-check
// The files of all nodes, by folder; worker files, of which there are many, in a fold of their own.
import { html, live, nothing } from "../html.js";
import { to } from "../app.js";
import { paint } from "../app.js";
import { nameOf } from "../ui/badge.js";
import { bytes, num, shortId } from "../format.js";
import { decode, encodePath } from "../router.js";

let wanted = "";
const WORKER = /^(python-core-|java-)?worker-/;
const FIRST = /^(job-driver|raylet\.(err|out)|gcs_server\.(err|out)|dashboard\.log|monitor)/;
const MOST = 400;

/** @param {any[]} files @returns {[string, any[]][]} */
export function folders(files) {
  /** @type {Map<string, any[]>} */
  const found = new Map();
  for (const file of files) {
    const slash = file.name.lastIndexOf("/");
    const folder = slash >= 0 ? file.name.slice(0, slash) : WORKER.test(file.name) ? "workers" : FIRST.test(file.name) ? "" : "more";
    if (!found.has(folder)) found.set(folder, []);
    /** @type {any[]} */ (found.get(folder)).push(file);
  }
  return [...found].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b));
}

/** @param {string} folder */
const rank = (folder) => (folder === "" ? 0 : folder === "workers" ? 1 : folder === "more" ? 2 : 3);

/** @param {any} data @param {string} node @param {string} file */
export function tree(data, node, file) {
  const words = wanted.toLowerCase();
  return html`<div class="tree panel"><div class="tree-find"><input type="search" placeholder="Filter files" aria-label="Filter files" .value=${live(wanted)} @input=${(/** @type {InputEvent} */ event) => { wanted = /** @type {HTMLInputElement} */ (event.target).value; paint(); }}></div>
    ${data.nodes.map((/** @type {any} */ n) => {
      const files = words ? n.files.filter((/** @type {any} */ f) => f.name.toLowerCase().includes(words)) : n.files;
      return html`<details ?open=${!node || n.nodeId === node || Boolean(words)}><summary><b>${n.ip || shortId(n.nodeId)}</b> <span class="dim small">${n.head ? "head" : "worker"}${n.state === "DEAD" ? ", dead" : ""} · ${num(files.length)}</span></summary>
        ${folders(files).map(([folder, inside]) => (folder ? html`<details class="folder" ?open=${Boolean(words) || (n.nodeId === node && inside.some((f) => f.name === file))}><summary>${folder} <span class="dim small">${num(inside.length)}</span></summary>${list(n, inside, node, file, folder)}</details>` : list(n, inside, node, file, "")))}</details>`;
    })}</div>`;
}

/** @param {any} n @param {any[]} files @param {string} node @param {string} file @param {string} folder */
const list = (n, files, node, file, folder) => html`<ul>${files.slice(0, MOST).map((f) => html`<li><a data-nav class="file" href=${to("logs", {}, `${n.nodeId}/${encodePath(f.name)}`)} aria-current=${n.nodeId === node && f.name === file ? "true" : nothing} title=${f.name}><span class="cut">${nameOf(folder && f.name.startsWith(folder + "/") ? f.name.slice(folder.length + 1) : f.name)}</span><span class="dim small num">${bytes(f.bytes)}</span></a></li>`)}
  ${files.length > MOST ? html`<li class="dim small more">${num(files.length - MOST)} more: filter them</li>` : nothing}</ul>`;

/** The node and the file of an address. @param {string} rest @returns {[string, string]} */
export function place(rest) {
  const slash = rest.indexOf("/");
  return slash < 0 ? [decode(rest), ""] : [decode(rest.slice(0, slash)), rest.slice(slash + 1).split("/").map(decode).join("/")];
}
