// @ts-check
// A traceback as people want it: own frames marked, those of Ray and libraries folded, nothing lost.
import { html, nothing } from "../html.js";
import { num, plural } from "../format.js";
import { paint } from "../app.js";
import { copyButton } from "../ui/copy.js";

/** Opened folds of the traceback last shown. @type {WeakMap<any, Set<number|string>>} */
const opened = new WeakMap();

/** @param {any} part */
const folds = (part) => part.kind === "frame" && !part.own;

/** Neighbouring frames of libraries become one fold. @param {any[]} parts */
export function blocks(parts) {
  /** @type {{fold: boolean, parts: any[]}[]} */
  const found = [];
  for (const part of parts) {
    const last = found[found.length - 1];
    if (last && last.fold && folds(part)) last.parts.push(part);
    else found.push({ fold: folds(part), parts: [part] });
  }
  return found;
}

/** @param {any} trace */
export function traceback(trace) {
  const open = opened.get(trace) || new Set();
  opened.set(trace, open);
  const text = trace.parts.flatMap((/** @type {any} */ p) => p.lines).join("\n");
  const own = trace.parts.some((/** @type {any} */ p) => p.kind === "frame" && p.own);
  const raw = open.has("raw");
  const words = !trace.parts.some((/** @type {any} */ p) => p.kind === "frame");
  return html`<div class="trace ${words ? "words" : ""}"><div class="acts"><button type="button" class="plain small" aria-pressed=${raw ? "true" : "false"} @click=${() => turn(open, "raw")}>Raw</button>${copyButton(text, "Copy the traceback")}</div>
    <pre tabindex="0" aria-label="Traceback">${raw ? text : blocks(trace.parts).map((block, i) => (block.fold && own && !open.has(i) ? fold(block, () => turn(open, i)) : block.parts.map(piece)))}</pre>
    ${trace.cut ? html`<p class="small dim block">The message has ${num(trace.characters)} characters; not all of them are shown here.</p>` : nothing}</div>`;
}

/** @param {Set<number|string>} open @param {number|string} what */
function turn(open, what) {
  if (open.has(what)) open.delete(what);
  else open.add(what);
  paint();
}

/** @param {{parts: any[]}} block @param {() => void} unfold */
const fold = (block, unfold) => html`<button type="button" class="link fold" aria-expanded="false" @click=${unfold}>▸ ${plural(block.parts.reduce((n, p) => n + p.lines.filter((/** @type {string} */ line) => line.trim()).length, 0), "line")} inside Ray and libraries</button>
`;

/** @param {any} part */
function piece(part) {
  const text = part.lines.filter((/** @type {string} */ line) => line.trim()).map((/** @type {string} */ line) => line + "\n").join("");
  if (part.kind === "frame" && part.own) return html`<span class="own">${text}</span>`;
  if (part.kind === "exception") return html`<span class=${part.root ? "exc root" : "exc"}>${text}</span>`;
  return part.kind === "chain" ? html`<span class="dim">${text}</span>` : text;
}
