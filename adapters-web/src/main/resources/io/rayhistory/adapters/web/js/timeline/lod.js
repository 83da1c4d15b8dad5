// @ts-check
// Level of detail: what of a lane can be seen at a scale. Whole pixels only; fractions cost the raster dearly. Pure.
import { kind } from "./model.js";

/** Spans narrower than this flow together. */
const SMALL_PX = 3;

/**
 * First position in [low, high) whose span ends at or after a time; ends rise inside a lane.
 * @param {import("./model.js").Model} m @param {number} low @param {number} high @param {number} time @param {Uint32Array|null} of indexes, or null for all
 */
export function firstEnding(m, low, high, time, of) {
  while (low < high) {
    const mid = (low + high) >>> 1;
    const i = of ? of[mid] : mid;
    if (m.start[i] + m.duration[i] < time) low = mid + 1;
    else high = mid;
  }
  return low;
}

/**
 * Hands out the rectangles of a range of spans: large ones with their index, runs of small ones with -1.
 * @param {import("./model.js").Model} m @param {number} low @param {number} high range of positions @param {Uint32Array|null} of
 * @param {number} from left edge in units @param {number} perPx units per pixel @param {number} width in pixels
 * @param {(x0: number, x1: number, state: number, index: number) => void} emit
 */
export function runs(m, low, high, from, perPx, width, of, emit) {
  const until = from + perPx * width;
  let runStart = -1;
  let runEnd = -1;
  let runState = -1;
  let at = firstEnding(m, low, high, from, of);
  while (at < high) {
    const i = of ? of[at] : at;
    const s = m.start[i];
    if (s >= until) break;
    const x0 = Math.max(0, Math.floor((s - from) / perPx));
    const x1 = Math.min(width, Math.max(x0 + 1, Math.floor((s + m.duration[i] - from) / perPx)));
    if (x1 - x0 >= SMALL_PX) {
      if (runStart >= 0) emit(runStart, runEnd, runState, -1);
      runStart = -1;
      emit(x0, x1, m.state[i], i);
      at++;
      continue;
    }
    if (runStart >= 0 && x0 <= runEnd && m.state[i] === runState) runEnd = Math.max(runEnd, x1);
    else {
      if (runStart >= 0) emit(runStart, runEnd, runState, -1);
      runStart = x0;
      runEnd = x1;
      runState = m.state[i];
    }
    // Nothing that ends inside this pixel can be seen beside what is drawn there already.
    at = Math.max(at + 1, firstEnding(m, at + 1, high, from + x1 * perPx, of));
  }
  if (runStart >= 0) emit(runStart, runEnd, runState, -1);
}

/**
 * All of a lane; failures come last, in a walk of their own, so that none is skipped: a failure wins its pixel.
 * @param {import("./model.js").Model} m @param {number} lane @param {number} from @param {number} perPx @param {number} width
 * @param {(x0: number, x1: number, state: number, index: number) => void} emit
 */
export function laneRuns(m, lane, from, perPx, width, emit) {
  const { first, count } = m.header.lanes[lane];
  runs(m, first, first + count, from, perPx, width, null, (x0, x1, state, index) => { if (kind(state) !== 1) emit(x0, x1, state, index); });
  runs(m, m.failedFirst[lane], m.failedFirst[lane + 1], from, perPx, width, m.failed, emit);
}

/**
 * The pixels at which something failed, each once.
 * @param {import("./model.js").Model} m @param {number} from @param {number} perPx @param {number} width @param {(x: number) => void} emit
 */
export function failureTicks(m, from, perPx, width, emit) {
  const all = m.failedByTime;
  let at = firstEnding(m, 0, all.length, from, all);
  while (at < all.length) {
    const x = Math.floor((m.start[all[at]] + m.duration[all[at]] - from) / perPx);
    if (x > width) break;
    emit(x);
    at = firstEnding(m, at + 1, all.length, from + (x + 1) * perPx, all);
  }
}

/** The span at a place, or -1. @param {import("./model.js").Model} m @param {number} lane @param {number} time @param {number} slack in units */
export function hit(m, lane, time, slack) {
  const { first, count } = m.header.lanes[lane];
  const fail = firstEnding(m, m.failedFirst[lane], m.failedFirst[lane + 1], time - slack, m.failed);
  if (fail < m.failedFirst[lane + 1] && m.start[m.failed[fail]] <= time + slack) return m.failed[fail];
  const i = firstEnding(m, first, first + count, time - slack, null);
  return i < first + count && m.start[i] <= time + slack ? i : -1;
}
