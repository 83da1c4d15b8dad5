// @ts-check
// Line ranges in addresses, and rows on a screen that is shorter than the file. Pure.

/** Browsers lay out no element much higher than this. */
const MOST_HEIGHT = 10_000_000;
export const ROW = 19;

/** #L12-20 as 0-based lines. @param {string} hash @returns {{from: number, to: number}|null} */
export function lineRange(hash) {
  const found = /^L(\d+)(?:-L?(\d+))?$/.exec(hash);
  if (!found) return null;
  const a = Number(found[1]) - 1;
  const b = found[2] ? Number(found[2]) - 1 : a;
  return a < 0 || b < 0 ? null : { from: Math.min(a, b), to: Math.max(a, b) };
}

/** @param {number} from @param {number} to */
export const hashOf = (from, to) => (from === to ? `L${from + 1}` : `L${Math.min(from, to) + 1}-${Math.max(from, to) + 1}`);

/** How high the list is laid out. @param {number} lines */
export const heightOf = (lines) => Math.min(MOST_HEIGHT, lines * ROW);

/** The first line seen at a scroll position, with a fraction. @param {number} top @param {number} lines @param {number} seen height of the window */
export function topLine(top, lines, seen) {
  const height = heightOf(lines);
  return height === lines * ROW ? top / ROW : (top / Math.max(1, height - seen)) * Math.max(0, lines - seen / ROW);
}

/** The scroll position that shows a line first. @param {number} line @param {number} lines @param {number} seen */
export function topOf(line, lines, seen) {
  const height = heightOf(lines);
  return height === lines * ROW ? line * ROW : (line / Math.max(1, lines - seen / ROW)) * (height - seen);
}
