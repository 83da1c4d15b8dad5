// @ts-check
// The canvas and what it shows now: size, range, scroll, selection. Paints once per frame, and only when something changed.
import { hit } from "./lod.js";
import { rowsOf } from "./model.js";
import { hatch, palette } from "./colours.js";
import { ROW, TOP, paint } from "./paint.js";

const LEAST_UNITS = 20;

export class View {
  /** @param {HTMLElement} box the scrolling element @param {HTMLCanvasElement} canvas @param {HTMLElement} spacer @param {(view: View) => void} moved */
  constructor(box, canvas, spacer, moved) {
    Object.assign(this, { from: 0, to: 1, selected: -1, hovered: -1, local: false });
    this.box = box;
    this.canvas = canvas;
    this.spacer = spacer;
    this.moved = moved;
    this.g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    /** @type {import("./model.js").Model|null} */
    this.model = null;
    /** @type {import("./model.js").Row[]} */
    this.rows = [];
    /** @type {Uint8Array|null} */
    this.matched = null;
    /** @type {import("./minimap.js").MiniMap|null} */
    this.map = null;
    this.colours = palette();
    this.gutter = 0;
    this.dirty = 0;
    this.ends = new AbortController();
    const { signal } = this.ends;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(box);
    box.addEventListener("scroll", () => { this.change(); moved(this); }, { signal, passive: true });
    addEventListener("themechange", () => this.retheme(), { signal });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.retheme(), { signal });
    this.resize();
  }

  close() {
    this.observer.disconnect();
    this.ends.abort();
    cancelAnimationFrame(this.dirty);
  }

  retheme() {
    this.colours = palette();
    this.map?.forget();
    this.pattern = hatch(this.g, this.colours, devicePixelRatio);
    this.change();
  }

  resize() {
    const ratio = devicePixelRatio;
    this.width = this.box.clientWidth;
    this.height = this.box.clientHeight;
    this.gutter = this.width < 600 ? 84 : 150;
    this.canvas.width = Math.max(1, Math.round(this.width * ratio));
    this.canvas.height = Math.max(1, Math.round(this.height * ratio));
    this.canvas.style.width = this.width + "px";
    this.canvas.style.height = this.height + "px";
    this.g.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.pattern = hatch(this.g, this.colours, ratio);
    this.map?.forget();
    this.change();
  }

  /** @param {import("./model.js").Model} model */
  show(model) {
    this.model = model;
    this.from = 0;
    this.to = model.end;
    this.map?.forget();
  }

  /** @param {{by: string, folded: Set<number>, failuresOnly: boolean}} how */
  arrange(how) {
    if (!this.model) return;
    this.rows = rowsOf(this.model, how);
    this.spacer.style.height = this.rows.length * ROW + TOP + "px";
    this.change();
  }

  /** Paints soon. */
  change() {
    if (!this.dirty) this.dirty = requestAnimationFrame(() => { this.dirty = 0; this.draw(); });
  }

  draw() {
    if (!this.model || !this.width || !this.pattern) return { rects: 0 };
    const { model, rows, from, to, width, height, gutter, colours, pattern, selected, matched, local } = /** @type {any} */ (this);
    this.map?.draw();
    return paint(this.g, { model, rows, from, to, y: this.box.scrollTop, width, height, gutter, colours, pattern, selected, matched, local });
  }

  get plot() {
    return Math.max(1, (this.width || 0) - this.gutter);
  }

  /** How far the range may go: a little beyond the end. */
  get all() {
    return (this.model?.end ?? 1) * 1.02;
  }

  get least() {
    return LEAST_UNITS;
  }

  /** The row at the upper edge. */
  get top() {
    return Math.round(this.box.scrollTop / ROW);
  }

  set top(row) {
    if (row !== this.top) this.box.scrollTop = row * ROW;
  }

  /** @param {number} x in pixels of the canvas */
  timeAt(x) {
    return this.from + ((x - this.gutter) / this.plot) * (this.to - this.from);
  }

  /** @param {number} factor below 1 is nearer @param {number} [x] */
  zoom(factor, x = this.gutter + this.plot / 2) {
    const centre = this.timeAt(x);
    this.range(centre - (centre - this.from) * factor, centre + (this.to - centre) * factor);
  }

  /** @param {number} pixels */
  pan(pixels) {
    const units = (pixels / this.plot) * (this.to - this.from);
    this.range(this.from + units, this.to + units);
  }

  /** @param {number} from @param {number} to */
  range(from, to) {
    if (!this.model) return;
    const { all } = this;
    const span = Math.min(all, Math.max(LEAST_UNITS, to - from));
    if (to - from < LEAST_UNITS) from = (from + to - span) / 2;
    from = Math.min(Math.max(from, 0), Math.max(0, all - span));
    this.from = from;
    this.to = from + span;
    this.change();
    this.moved(this);
  }

  fit() {
    if (this.model) this.range(0, this.model.end);
  }

  /** Brings a span into sight. @param {number} index @param {boolean} [near] zooms to it */
  reveal(index, near = false) {
    const m = this.model;
    if (!m || index < 0) return;
    const from = m.start[index];
    const to = from + m.duration[index];
    const room = Math.max(LEAST_UNITS, (to - from) * 2);
    if (near) this.range(from - room, to + room);
    else if (to < this.from || from > this.to) this.range((from + to - this.to + this.from) / 2, (from + to + this.to - this.from) / 2);
    const row = this.rows.findIndex((r) => r.lane === m.lane[index]);
    const top = row * ROW;
    if (row >= 0 && (top < this.box.scrollTop + ROW || top > this.box.scrollTop + (this.height || 0) - TOP - 2 * ROW)) this.box.scrollTop = Math.max(0, top - (this.height || 0) / 2);
    this.change();
  }

  /** What lies at a place of the canvas. @param {number} x @param {number} y @returns {{row: import("./model.js").Row|null, index: number}} */
  at(x, y) {
    const row = this.rows[Math.floor((y - TOP + this.box.scrollTop) / ROW)] || null;
    if (!this.model || !row || y < TOP) return { row: null, index: -1 };
    const index = row.kind === "lane" && x > this.gutter ? hit(this.model, row.lane, this.timeAt(x), (2 / this.plot) * (this.to - this.from)) : -1;
    return { row, index };
  }
}
