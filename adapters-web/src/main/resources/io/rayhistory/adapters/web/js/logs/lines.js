// @ts-check
// The lines of a log on the screen: only those that can be seen, of a fixed height, or wrapped in a window of some hundred.
import { html, nothing, render } from "../html.js";
import { bytes } from "../format.js";
import { Blocks } from "./blocks.js";
import { bare, lastState, pieces } from "./ansi.js";
import { ROW, heightOf, topLine, topOf } from "./ranges.js";

const OVERSCAN = 40;
const WRAPPED = 500;
const SHORT = 2000;
const BAD = /\b(ERROR|FATAL|CRITICAL)\b|Traceback \(most recent call last\)|^\w*(Error|Exception)\b/;

export class Lines {
  /** @param {HTMLElement} box @param {(from: number, count: number, signal: AbortSignal) => Promise<any>} fetch @param {{pick(line: number, extend: boolean): void, broken(error: any): void}} acts */
  constructor(box, fetch, acts) {
    this.box = box;
    this.acts = acts;
    this.blocks = new Blocks(fetch, () => this.change(), (error) => acts.broken(error));
    this.dirty = 0;
    this.wrap = false;
    /** @type {{from: number, to: number}|null} */
    this.chosen = null;
    /** @type {{from: number, to: number}|null} bytes */
    this.frame = null;
    /** @type {RegExp|null} */
    this.find = null;
    this.hit = -1;
    /** @type {Set<number>} */
    this.long = new Set();
    this.window = 0;
    this.scrolled = () => this.change();
    box.addEventListener("scroll", this.scrolled, { passive: true });
    this.observer = new ResizeObserver(this.scrolled);
    this.observer.observe(box);
  }

  close() {
    this.blocks.close();
    this.observer.disconnect();
    this.box.removeEventListener("scroll", this.scrolled);
    cancelAnimationFrame(this.dirty);
  }

  change() {
    if (!this.dirty) this.dirty = requestAnimationFrame(() => { this.dirty = 0; this.draw(); });
  }

  /** @param {any} answer of log-lines: what was fetched to find the place */
  begin(answer) {
    this.blocks.total = answer.totalLines;
    this.blocks.size = answer.size;
    if (answer.part) this.blocks.fix(answer.lines);
    this.draw();
  }

  /** Brings a line to the upper third, or to the top edge. @param {number} line @param {boolean} [atTop] */
  show(line, atTop = false) {
    const seen = this.box.clientHeight;
    if (this.wrap) {
      this.window = Math.max(0, Math.min(line - 20, this.blocks.total - WRAPPED));
      this.draw();
      requestAnimationFrame(() => this.box.querySelector(`[data-line="${line}"]`)?.scrollIntoView({ block: "center" }));
      return;
    }
    const now = topLine(this.box.scrollTop, this.blocks.total, seen);
    if (atTop || line < now + 1 || line > now + seen / ROW - 2) this.box.scrollTop = topOf(atTop ? line : Math.max(0, line - seen / ROW / 3), this.blocks.total, seen);
    this.change();
  }

  end() {
    if (this.wrap) this.show(this.blocks.total - 1);
    else this.box.scrollTop = this.box.scrollHeight;
    this.change();
  }

  /** The line in the middle of what is seen. */
  get middle() {
    const seen = this.box.clientHeight;
    return this.wrap ? this.window + WRAPPED / 2 : Math.floor(topLine(this.box.scrollTop, this.blocks.total, seen) + seen / ROW / 2);
  }

  draw() {
    const { total } = this.blocks;
    const seen = this.box.clientHeight;
    const top = topLine(this.box.scrollTop, total, seen);
    const first = this.wrap ? this.window : Math.max(0, Math.floor(top) - OVERSCAN);
    const last = Math.min(total, this.wrap ? first + WRAPPED : Math.ceil(top + seen / ROW) + OVERSCAN);
    const rows = [];
    for (let n = first; n < last; n++) rows.push(this.row(n));
    const shift = this.wrap ? 0 : this.box.scrollTop - (top - first) * ROW;
    render(html`${this.wrap && first > 0 ? html`<p class="more"><button type="button" @click=${() => this.show(first)}>Earlier lines</button></p>` : nothing}
      <div class="log-space" .style=${this.wrap ? "" : `height:${heightOf(total)}px`}><div class="log-rows ${this.wrap ? "wrap" : ""}" .style=${this.wrap ? "" : `transform:translateY(${shift}px)`}>${rows}</div></div>
      ${this.wrap && last < total ? html`<p class="more"><button type="button" @click=${() => this.show(last)}>Later lines</button></p>` : nothing}`, this.box);
  }

  /** @param {number} n */
  row(n) {
    const line = this.blocks.line(n);
    const chosen = this.chosen && n >= this.chosen.from && n <= this.chosen.to;
    const framed = line && this.frame && line.offset >= this.frame.from && line.offset < this.frame.to;
    const bad = line && BAD.test(line.text.length > SHORT ? line.text.slice(0, SHORT) : line.text);
    return html`<div class="log-row ${chosen ? "chosen" : ""} ${framed ? "framed" : ""} ${bad ? "bad" : ""} ${n === this.hit ? "hit" : ""}" data-line=${n}><a class="n" href="#L${n + 1}" tabindex="-1" @click=${(/** @type {MouseEvent} */ event) => { event.preventDefault(); event.stopPropagation(); this.acts.pick(n, event.shiftKey); }}>${n + 1}</a><span class="t">${line ? this.text(line, n) : nothing}</span></div>`;
  }

  /** @param {any} line @param {number} n */
  text(line, n) {
    const { text, updates } = lastState(line.text);
    const open = this.long.has(n);
    const short = !open && text.length > SHORT ? text.slice(0, SHORT) : text;
    const parts = this.find ? marked(bare(short), this.find) : pieces(short).map((p) => (p.cls ? html`<span class=${p.cls}>${p.text}</span>` : p.text));
    const rest = line.bytes - short.length;
    return html`${parts}${short.length < text.length || line.cut ? html`<span class="dim"> … ${bytes(Math.max(0, rest))} more ${!open && text.length > SHORT ? html`<button type="button" class="link" @click=${() => { this.long.add(n); this.change(); }}>show ${bytes(Math.min(text.length, 10_000))}</button>` : nothing}</span>` : nothing}${updates > 1 ? html`<span class="dim"> (${updates} updates)</span>` : nothing}`;
  }
}

/** @param {string} text @param {RegExp} find */
function marked(text, find) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(find)) {
    if (!match[0] || parts.length > 400) break;
    parts.push(text.slice(at, match.index), html`<mark>${match[0]}</mark>`);
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

/** What was searched for, for marking only; the server does the search. @param {string} q @param {boolean} regex @param {boolean} exact */
export function finder(q, regex, exact) {
  try {
    return q ? new RegExp(regex ? q : q.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), exact ? "g" : "gi") : null;
  } catch {
    return null;
  }
}
