// @ts-check
// Draws what can be seen, and nothing else.
import { FAILED, INFERRED, OPEN, kind, msOf, unitOf } from "./model.js";
import { failureTicks, laneRuns } from "./lod.js";
import { stepOf, ticks } from "./ruler.js";

export const ROW = 18;
export const TOP = 26;
const BAR = 14;
const LABEL_PX = 46;
const FONT = "11px system-ui, sans-serif";

/**
 * @typedef {{model: import("./model.js").Model, rows: import("./model.js").Row[], from: number, to: number, y: number, width: number, height: number, gutter: number,
 *   colours: Record<string, string>, pattern: CanvasPattern, selected: number, matched: Uint8Array|null, local: boolean}} Scene
 */

/** @param {CanvasRenderingContext2D} g @param {Scene} s @returns {{rects: number}} */
export function paint(g, s) {
  const { model: m, colours } = s;
  const width = Math.max(1, s.width - s.gutter);
  const perPx = (s.to - s.from) / width;
  g.fillStyle = colours.bg;
  g.fillRect(0, 0, s.width, s.height);
  g.font = FONT;
  g.textBaseline = "middle";
  grid(g, s, width);
  const first = Math.max(0, Math.floor(s.y / ROW));
  const last = Math.min(s.rows.length, Math.ceil((s.y + s.height - TOP) / ROW));
  /** Rectangles by paint, four numbers each; labels after them. @type {Record<string, number[]>} */
  const batches = { ok: [], dull: [], open: [], fail: [] };
  /** @type {[string, number, number, number, number][]} */
  const labels = [];
  /** @type {number[]} */
  const edges = [];
  /** @type {number[]|null} */
  let chosen = null;
  for (let r = first; r < last; r++) {
    const row = s.rows[r];
    if (row.kind !== "lane") continue;
    const y = TOP + r * ROW - s.y + 2;
    if (s.selected >= 0 && m.lane[s.selected] === row.lane) {
      const x = Math.floor((m.start[s.selected] - s.from) / perPx);
      chosen = [s.gutter + x, y, Math.floor((m.start[s.selected] + m.duration[s.selected] - s.from) / perPx) - x, BAR];
    }
    laneRuns(m, row.lane, s.from, perPx, width, (x0, x1, state, index) => {
      const k = kind(state);
      const match = !s.matched || index < 0 || s.matched[m.name[index]];
      (k === FAILED ? batches.fail : k === OPEN ? batches.open : match && !(s.matched && index < 0) ? batches.ok : batches.dull).push(s.gutter + x0, y, x1 - x0 > 3 ? x1 - x0 - 1 : x1 - x0, BAR);
      if (index < 0) return;
      if (state & INFERRED) edges.push(s.gutter + x0, y, x1 - x0);
      if (x1 - x0 >= LABEL_PX && match) labels.push([(k === FAILED ? "✕ " : "") + m.header.names[m.name[index]], s.gutter + x0, y, x1 - x0, k]);
    });
  }
  fill(g, batches.ok, colours["span-ok"]);
  g.globalAlpha = 0.35;
  fill(g, batches.dull, colours["span-ok"]);
  g.globalAlpha = 1;
  fill(g, batches.open, s.pattern);
  fill(g, batches.fail, colours["span-fail"]);
  dashes(g, edges, colours.infer);
  for (const [text, x, y, w, k] of labels) label(g, text, x, y, w, k === FAILED ? colours.bg : colours.text, k === OPEN ? colours["span-open"] : "");
  if (chosen) outline(g, chosen, colours.link);
  gutter(g, s, first, last);
  ruler(g, s, width);
  return { rects: (batches.ok.length + batches.dull.length + batches.open.length + batches.fail.length) / 4 };
}

/** @param {CanvasRenderingContext2D} g @param {number[]} rects @param {string|CanvasPattern} style */
function fill(g, rects, style) {
  g.fillStyle = style;
  for (let i = 0; i < rects.length; i += 4) g.fillRect(rects[i], rects[i + 1], rects[i + 2], rects[i + 3]);
}

/** @param {CanvasRenderingContext2D} g @param {number[]} edges @param {string} colour */
function dashes(g, edges, colour) {
  if (!edges.length) return;
  g.strokeStyle = colour;
  g.setLineDash([3, 2]);
  g.beginPath();
  for (let i = 0; i < edges.length; i += 3) g.rect(edges[i] + 0.5, edges[i + 1] + 0.5, edges[i + 2] - 1, BAR - 1);
  g.stroke();
  g.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} g @param {number[]} box @param {string} colour */
function outline(g, [x, y, w, h], colour) {
  g.strokeStyle = colour;
  g.lineWidth = 2;
  g.strokeRect(x - 2, y - 1, Math.max(3, w) + 3, h + 2);
  g.lineWidth = 1;
}

/** @type {Map<string, number>} */
const widths = new Map();

/** @param {CanvasRenderingContext2D} g @param {string} text */
function widthOf(g, text) {
  let known = widths.get(text);
  if (known === undefined) {
    if (widths.size > 5000) widths.clear();
    known = g.measureText(text).width;
    widths.set(text, known);
  }
  return known;
}

/** @param {CanvasRenderingContext2D} g @param {string} text @param {number} room in pixels */
function fitted(g, text, room) {
  const full = widthOf(g, text);
  return full <= room ? text : text.slice(0, Math.max(1, Math.floor(text.length * room / full) - 1)) + "…";
}

/** @param {CanvasRenderingContext2D} g @param {string} text @param {number} x @param {number} y @param {number} w @param {string} colour @param {string} ground where what lies below is not of one colour */
function label(g, text, x, y, w, colour, ground) {
  const shown = fitted(g, text, w - 8);
  if (ground) {
    g.fillStyle = ground;
    g.fillRect(x + 2, y + 1, Math.min(w - 4, widthOf(g, shown) + 5), BAR - 2);
  }
  g.fillStyle = colour;
  g.fillText(shown, x + 4, y + BAR / 2 + 0.5);
}

/** @param {Scene} s @param {number} width @returns {{x: number, text: string}[]} */
function marks(s, width) {
  const fromMs = msOf(s.model, s.from);
  const toMs = msOf(s.model, s.to);
  return ticks(fromMs, toMs, stepOf((toMs - fromMs) / width), s.local).map((tick) => ({ x: s.gutter + Math.round((unitOf(s.model, tick.ms) - s.from) / (s.to - s.from) * width), text: tick.text }));
}

/** @param {CanvasRenderingContext2D} g @param {Scene} s @param {number} width */
function grid(g, s, width) {
  g.fillStyle = s.colours.line;
  for (const mark of marks(s, width)) g.fillRect(mark.x, TOP, 1, s.height);
  const end = Math.round((unitOf(s.model, s.model.header.recordEndMs) - s.from) / (s.to - s.from) * width);
  if (end >= 0 && end <= width) {
    g.fillStyle = s.colours.dim;
    g.fillRect(s.gutter + end, TOP, 1, s.height);
  }
}

/** Times, and every failure of the session, so that none is lost below the edge. @param {CanvasRenderingContext2D} g @param {Scene} s @param {number} width */
function ruler(g, s, width) {
  g.fillStyle = s.colours.panel;
  g.fillRect(0, 0, s.width, TOP);
  g.fillStyle = s.colours.line;
  g.fillRect(0, TOP - 1, s.width, 1);
  const found = marks(s, width);
  for (const mark of found) g.fillRect(mark.x, 0, 1, TOP);
  g.fillStyle = s.colours.dim;
  for (const mark of found) {
    g.fillText(mark.text, mark.x + 4, 9);
  }
  g.fillStyle = s.colours["span-fail"];
  failureTicks(s.model, s.from, (s.to - s.from) / width, width, (x) => g.fillRect(s.gutter + x - 1, 18, 3, 6));
  g.fillStyle = s.colours.panel;
  g.fillRect(0, 0, s.gutter - 1, TOP - 1);
}

/** The names of rows, over whatever lies below them. @param {CanvasRenderingContext2D} g @param {Scene} s @param {number} first @param {number} last */
function gutter(g, s, first, last) {
  g.fillStyle = s.colours.panel;
  g.fillRect(0, 0, s.gutter, s.height);
  g.fillStyle = s.colours.line;
  g.fillRect(s.gutter - 1, 0, 1, s.height);
  for (let r = first; r < last; r++) {
    const row = s.rows[r];
    const y = TOP + r * ROW - s.y;
    if (row.kind === "group") {
      g.fillStyle = s.colours.panel;
      g.fillRect(0, y, s.width, ROW);
      g.fillStyle = s.colours.text;
      g.font = "600 " + FONT;
      g.fillText(row.label, 8, y + ROW / 2 + 0.5);
      g.font = FONT;
    } else {
      g.fillStyle = s.colours.dim;
      if (row.label) g.fillText(fitted(g, s.gutter < 100 ? row.label.replace("worker ", "") : row.label, s.gutter - 26), 20, y + ROW / 2 + 0.5);
    }
  }
}
