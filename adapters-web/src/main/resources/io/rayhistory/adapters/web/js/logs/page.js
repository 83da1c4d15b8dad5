// @ts-check
// Logs: which files there are, and one of them, read in parts.
import { html, nothing, ref } from "../html.js";
import { current, go, paint, resource, retry, set, to } from "../app.js";
import { ApiError, getLoaded, sessionApi, withQuery } from "../api.js";
import { bytes, num, plural } from "../format.js";
import { downloadIcon } from "../ui/icons.js";
import { nameOf } from "../ui/badge.js";
import { copyButton, toast } from "../ui/copy.js";
import { empty, failed, shown } from "../ui/states.js";
import { address, encodePath } from "../router.js";
import { Lines, finder } from "./lines.js";
import { errors, findBar, hits } from "./find.js";
import { hashOf, lineRange } from "./ranges.js";
import { place, tree } from "./tree.js";

const MOST_LINES = 2000;
/** @type {Lines|null} */
let lines = null;
/** @type {HTMLElement|null} */
let box = null;
let opened = "";
let wrap = false;
let at = -1;
/** @type {any} */
let broken = null;
/** @type {{key: string, lines: number[]}} */
let bad = { key: "", lines: [] };

/** @param {any} c @param {string} node @param {string} file @param {Record<string, any>} query @param {AbortSignal} signal */
const ask = (c, node, file, query, signal) => getLoaded(withQuery(`${sessionApi(c.path)}/log-lines/${encodeURIComponent(node)}/${encodePath(file)}`, query), signal);

/** @param {any} c */
function view(c) {
  const r = resource("logs", c.path, (signal) => getLoaded(sessionApi(c.path) + "/logs", signal));
  const [node, file] = place(c.route.rest);
  return shown(r, (data) => (data.nodes.some((/** @type {any} */ n) => n.files.length)
    ? html`<div class="logs ${file ? "open" : ""}">${tree(data, node, file)}${file ? log(c, node, file, data) : html`<div class="center panel"><h2>${node && !data.nodes.some((/** @type {any} */ n) => n.nodeId === node) ? "No log of this node is stored" : "Choose a file"}</h2><p>Errors of tasks are in their worker's .err, of a submitted job in its driver's log.</p></div>`}</div>`
    : empty("No log is stored", html`<p>The collector of this session has shipped no log file.</p>`)), { retry: () => retry("logs"), rows: 12 });
}

/** Where reading begins: at the lines or the range that the address names, else at the end. @param {any} c @param {string} node @param {string} file */
function start(c, node, file) {
  const range = lineRange(c.route.hash);
  const from = Number(c.q.get("from") || NaN);
  const query = range ? { from: range.from, count: 1 } : Number.isFinite(from) ? { offset: from, count: 1 } : { from: 0, count: 1 };
  return resource("log", `${c.path} ${node} ${file} ${c.q.get("from")}`, async (signal) => {
    try {
      return await ask(c, node, file, query, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== "too_large") throw error;
      return lastOnly(await ask(c, node, file, Number.isFinite(from) ? { offset: from, count: MOST_LINES } : { tail: MOST_LINES }, signal));
    }
  });
}

/** Of a file whose lines nobody counts there are as many as one answer holds. @param {any} answer */
function lastOnly(answer) {
  const lines = answer.lines.map((/** @type {any} */ line, /** @type {number} */ n) => ({ ...line, n }));
  return { lines, totalLines: lines.length, size: answer.size, part: true };
}

/** @param {any} c @param {string} node @param {string} file @param {any} data */
function log(c, node, file, data) {
  const first = start(c, node, file);
  const found = hits(c, node, file);
  const about = data.nodes.find((/** @type {any} */ n) => n.nodeId === node);
  const url = `${sessionApi(c.path)}/logs/${encodeURIComponent(node)}/${encodePath(file)}`;
  if (lines && first.data) update(c, first, found, `${c.path} ${node} ${file} ${c.q.get("from")}`);
  const framed = c.q.get("from") !== null && c.q.get("from") !== "";
  return html`<section class="logview" aria-label="Log file"><header class="row"><a class="back" href=${to("logs")}>‹ Files</a><h2 class="mono cut" title=${file}>${nameOf(file)}</h2>${copyButton(file, "Copy the name")}<span class="dim small num">${[about ? about.ip : "", first.data ? `${first.data.part ? "part of it: " : ""}${plural(first.data.totalLines, "line")}, ${bytes(first.data.size)}` : ""].filter(Boolean).join(" · ")}</span>
      <span class="row acts"><button type="button" @click=${() => step(c, found, -1, true)} title="Previous error (E)" aria-label="Previous error">‹ error</button><button type="button" @click=${() => step(c, found, 1, true)} title="Next error (e)" aria-label="Next error">error ›</button>
      <button type="button" aria-pressed=${wrap ? "true" : "false"} @click=${turnWrap}>Wrap</button><a class="button" download href="${url}?download=1">${downloadIcon()}<span>Download</span></a></span></header>
    <div class="row findbar">${findBar(c, found, at, (by) => step(c, found, by, false))}</div>
    ${framed ? html`<div class="note infer framed-note small">This attempt: bytes ${num(Number(c.q.get("from")))}–${c.q.get("to") ? num(Number(c.q.get("to"))) : "end"}. <a href=${to("logs", {}, c.route.rest)}>Whole file</a></div>` : nothing}
    ${broken ? failed(broken, () => { broken = null; opened = ""; if (lines) lines.blocks.failed = false; lines?.change(); paint(); }) : nothing}
    ${first.status === "error" ? failed(first.error, () => retry("log")) : first.data && !first.data.size ? empty("This file is empty") : html`<div class="logbox panel" role="region" aria-label="Lines of ${file}" tabindex="0" ${ref(attach)}></div>`}</section>`;
}

/** @param {Element|undefined} element */
function attach(element) {
  if (element === box && lines) return;
  lines?.close();
  lines = null;
  opened = "";
  box = /** @type {HTMLElement|null} */ (element || null);
  if (box) paint();
  if (box) lines = new Lines(box, (from, count, signal) => { const route = current(); const [node, file] = place(route.rest); return ask({ path: route.path }, node, file, { from, count }, signal); }, { pick, broken: (error) => { broken = error; paint(); } });
}

/** @param {any} c @param {any} first @param {any} found @param {string} key */
function update(c, first, found, key) {
  let v = /** @type {Lines} */ (lines);
  if (opened && opened !== key && box) {
    const old = box;
    v.close();
    lines = v = new Lines(old, v.blocks.fetch, v.acts);
    v.wrap = wrap;
  }
  v.chosen = lineRange(c.route.hash);
  v.frame = c.q.get("from") ? { from: Number(c.q.get("from")), to: Number(c.q.get("to") || Infinity) } : null;
  v.find = finder(c.q.get("find") || "", Boolean(c.q.get("regex")), Boolean(c.q.get("case")));
  if (opened !== key) {
    opened = key;
    at = -1;
    broken = null;
    v.hit = -1;
    v.begin(first.data);
    if (v.chosen) v.show(v.chosen.from);
    else if (v.frame) v.show(first.data.part ? 0 : Math.max(0, (first.data.lines[0]?.n ?? 0) - 2), true);
    else v.end();
  }
  if (at < 0 && found.status === "ready" && found.data?.hits.length && c.q.get("find")) step(c, found, 1, false);
  v.change();
}

function turnWrap() {
  wrap = !wrap;
  if (lines) {
    const middle = lines.middle;
    lines.wrap = wrap;
    lines.box.scrollTop = 0;
    lines.draw();
    lines.show(Math.min(middle, lines.blocks.total - 1));
  }
  paint();
}

/** @param {number} line @param {boolean} extend */
function pick(line, extend) {
  const route = current();
  const old = lineRange(route.hash);
  const hash = extend && old ? hashOf(Math.min(old.from, line), Math.max(old.to, line)) : hashOf(line, line);
  go(address({ ...route, hash }), { replace: true });
}

/** The next hit, or the next error, from where somebody reads. @param {any} c @param {any} found @param {number} by @param {boolean} error */
async function step(c, found, by, error) {
  if (!lines) return;
  const [node, file] = place(c.route.rest);
  const key = node + "/" + file;
  if (error && bad.key !== key) {
    try {
      bad = { key, lines: (await errors(c, node, file, new AbortController().signal)).hits.map((/** @type {any} */ hit) => hit.line) };
    } catch (problem) {
      toast(problem instanceof Error ? problem.message : String(problem));
      return;
    }
    if (!bad.lines.length) toast("No line of this file looks like an error");
  }
  const where = error ? bad.lines : (found.data?.hits || []).map((/** @type {any} */ hit) => hit.line);
  if (!where.length || !lines) return;
  const here = lines.hit >= 0 ? lines.hit : lines.middle;
  const next = by > 0 ? where.findIndex((/** @type {number} */ line) => line > here) : where.findLastIndex((/** @type {number} */ line) => line < here);
  const index = next >= 0 ? next : by > 0 ? 0 : where.length - 1;
  if (!error) at = index;
  lines.hit = where[index];
  lines.show(where[index]);
  paint();
}

/** @param {any} c */
function keys(c) {
  const [node, file] = place(c.route.rest);
  const go2 = (/** @type {number} */ by, /** @type {boolean} */ error) => () => step(c, error ? null : hits(c, node, file), by, error);
  return file ? { n: go2(1, false), N: go2(-1, false), e: go2(1, true), E: go2(-1, true) } : {};
}

export const page = { title: "Logs", view, resources: () => ["logs", "log", "hits"], keys, escape: () => set({ find: "" }) };
