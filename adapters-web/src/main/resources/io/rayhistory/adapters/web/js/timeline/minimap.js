// @ts-check
// The whole record in one strip above the lanes, with a frame around what they show; dragging it moves them.
import { duration } from "../format.js";
import { activity } from "./activity.js";
import { msOf, unitOf } from "./model.js";
import { stepOf, ticks } from "./ruler.js";

const STEP_PX = 2;
const WORDS_PX = 14;
const EDGE_PX = { mouse: 5, touch: 16 };

export class MiniMap {
  /** @param {HTMLCanvasElement} canvas @param {import("./view.js").View} view whose size and range it takes */
  constructor(canvas, view) {
    this.canvas = canvas;
    this.view = view;
    this.g = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { alpha: false }));
    /** What does not change while panning. @type {HTMLCanvasElement|null} */
    this.ground = null;
    /** @type {((time: number) => void)|null} */
    this.drag = null;
    const { signal } = view.ends;
    canvas.addEventListener("pointerdown", (event) => this.down(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.move(event), { signal });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { this.drag = null; }, { signal });
    canvas.addEventListener("dblclick", () => view.fit(), { signal });
  }

  /** The theme, the size or the data are others. */
  forget() {
    this.ground = null;
  }

  /** @param {number} time in units */
  x(time) {
    return this.view.gutter + Math.round(time / this.view.all * this.view.plot);
  }

  /** @param {PointerEvent} event */
  timeAt(event) {
    const at = event.clientX - this.canvas.getBoundingClientRect().left - this.view.gutter;
    return Math.min(1, Math.max(0, at / this.view.plot)) * this.view.all;
  }

  /** Which part of the frame lies there. @param {PointerEvent} event @returns {"from"|"to"|"inside"|"outside"|"whole"} */
  part(event) {
    const { view } = this;
    if (view.from <= 0 && view.to >= (view.model?.end ?? 0)) return "whole";
    const at = event.clientX - this.canvas.getBoundingClientRect().left;
    const near = event.pointerType === "mouse" ? EDGE_PX.mouse : EDGE_PX.touch;
    const left = this.x(view.from);
    const right = this.x(view.to);
    if (right - left > 3 * near || at < left || at > right) {
      if (Math.abs(at - left) <= near) return "from";
      if (Math.abs(at - right) <= near) return "to";
    }
    return at >= left - 2 && at <= right + 2 ? "inside" : "outside";
  }

  /** @param {PointerEvent} event */
  down(event) {
    const { view } = this;
    if (event.button !== 0 || !view.model) return;
    this.canvas.setPointerCapture(event.pointerId);
    const at = this.timeAt(event);
    const part = this.part(event);
    const room = view.to - view.from;
    if (part === "whole") this.drag = (time) => { if (Math.abs(time - at) > view.all / view.plot * 4) view.range(Math.min(at, time), Math.max(at, time)); };
    else if (part === "from") { const { to } = view; this.drag = (time) => view.range(Math.min(time, to - view.least), to); }
    else if (part === "to") { const { from } = view; this.drag = (time) => view.range(from, Math.max(time, from + view.least)); }
    else {
      const grip = part === "inside" ? at - view.from : room / 2;
      this.drag = (time) => view.range(time - grip, time - grip + room);
      this.drag(at);
    }
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (this.drag) this.drag(this.timeAt(event));
    else this.canvas.style.cursor = { from: "ew-resize", to: "ew-resize", inside: "grab", outside: "pointer", whole: "crosshair" }[this.part(event)];
  }

  draw() {
    const { view, g, canvas } = this;
    if (!view.model || !view.width) return;
    const ratio = devicePixelRatio;
    const height = canvas.clientHeight;
    if (!this.ground) {
      canvas.width = Math.max(1, Math.round(canvas.clientWidth * ratio));
      canvas.height = Math.max(1, Math.round(height * ratio));
      this.ground = this.paint(canvas.clientWidth, height, ratio);
    }
    g.setTransform(1, 0, 0, 1, 0, 0);
    g.drawImage(this.ground, 0, 0);
    g.setTransform(ratio, 0, 0, ratio, 0, 0);
    const left = this.x(view.from);
    const right = Math.max(left + 3, this.x(view.to));
    g.globalAlpha = 0.7;
    g.fillStyle = view.colours.panel;
    g.fillRect(view.gutter, 0, left - view.gutter, height);
    g.fillRect(right, 0, canvas.clientWidth - right, height);
    g.globalAlpha = 1;
    g.strokeStyle = g.fillStyle = view.colours.link;
    g.strokeRect(left + 0.5, 0.5, right - left - 1, height - 1);
    for (const x of [left, right]) g.fillRect(x - 2, height / 2 - 7, 4, 14);
  }

  /** @param {number} width @param {number} height @param {number} ratio */
  paint(width, height, ratio) {
    const { view } = this;
    const m = /** @type {import("./model.js").Model} */ (view.model);
    const { colours, gutter } = view;
    const ground = document.createElement("canvas");
    ground.width = this.canvas.width;
    ground.height = this.canvas.height;
    const g = /** @type {CanvasRenderingContext2D} */ (ground.getContext("2d", { alpha: false }));
    g.scale(ratio, ratio);
    g.fillStyle = colours.bg;
    g.fillRect(0, 0, width, height);
    g.font = "11px system-ui, sans-serif";
    g.textBaseline = "middle";
    const [first, last] = [msOf(m, 0), msOf(m, view.all)];
    for (const tick of ticks(first, last, stepOf((last - first) / view.plot), Boolean(view.local))) {
      const x = this.x(unitOf(m, tick.ms));
      g.fillStyle = colours.line;
      g.fillRect(x, 0, 1, height);
      g.fillStyle = colours.dim;
      g.fillText(tick.text, x + 4, WORDS_PX / 2 + 1);
    }
    const steps = Math.max(1, Math.floor(view.plot / STEP_PX));
    const { running, failed } = activity(m, view.all, steps);
    const most = running.reduce((a, b) => Math.max(a, b), 0.001);
    const room = height - WORDS_PX - 3;
    for (let i = 0; i < steps; i++) {
      if (!running[i] && !failed[i]) continue;
      const high = Math.max(3, Math.round((running[i] / most) ** 0.6 * room));
      g.fillStyle = failed[i] ? colours["span-fail"] : colours["bar-ok"];
      g.fillRect(gutter + i * STEP_PX, height - (failed[i] ? Math.max(8, high) : high), STEP_PX, failed[i] ? Math.max(8, high) : high);
    }
    g.fillStyle = colours.panel;
    g.fillRect(0, 0, gutter, height);
    g.fillStyle = colours.dim;
    g.fillText(gutter < 100 ? "all of" : "all, from first to last", 8, height / 2 - 7);
    g.fillText(duration(msOf(m, m.end) - first), 8, height / 2 + 8);
    g.fillStyle = colours.line;
    g.fillRect(gutter - 1, 0, 1, height);
    return ground;
  }
}
