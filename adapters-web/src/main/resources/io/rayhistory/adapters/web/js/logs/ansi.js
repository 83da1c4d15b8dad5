// @ts-check
// Colours of terminals as classes; everything else that terminals are told is dropped. Pure.
import { html } from "../html.js";
import { visible } from "../format.js";

const NAMES = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];
/** Escape sequences: CSI, OSC (to BEL or ST), and single ones. An unfinished one ends with the text. */
// eslint-disable-next-line no-control-regex
const ESCAPE = /\x1b(?:\[([0-9;:]*)([ -/]*[@-~])?|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[P^_X][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~]?)/g;
const SHOWN_CUT = 2000;

/** @typedef {{fg: string, bg: string, bold: boolean, faint: boolean, italic: boolean, under: boolean, inverse: boolean}} Style */
/** @type {() => Style} */
const plain = () => ({ fg: "", bg: "", bold: false, faint: false, italic: false, under: false, inverse: false });

/** The nearest of the sixteen. @param {number} n of 256 */
function nearest(n) {
  if (n < 16) return NAMES[n % 8];
  if (n > 231) return n < 244 ? "black" : "white";
  const [r, g, b] = [Math.floor((n - 16) / 36), Math.floor((n - 16) / 6) % 6, (n - 16) % 6];
  const top = Math.max(r, g, b);
  if (top === 0) return "black";
  return NAMES[(r > top / 2 ? 1 : 0) + (g > top / 2 ? 2 : 0) + (b > top / 2 ? 4 : 0)];
}

/** @param {Style} style @param {number[]} codes */
function apply(style, codes) {
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (code === 0) Object.assign(style, plain());
    else if (code === 1) style.bold = true;
    else if (code === 2) style.faint = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.under = true;
    else if (code === 7) style.inverse = true;
    else if (code === 22) style.bold = style.faint = false;
    else if (code === 23) style.italic = false;
    else if (code === 24) style.under = false;
    else if (code === 27) style.inverse = false;
    else if (code === 39) style.fg = "";
    else if (code === 49) style.bg = "";
    else if (code === 38 || code === 48) {
      const name = codes[i + 1] === 5 ? nearest(codes[i + 2] || 0) : "";
      if (code === 38) style.fg = name;
      else style.bg = name;
      i += codes[i + 1] === 5 ? 2 : codes[i + 1] === 2 ? 4 : 0;
    } else if (code % 10 < 8) {
      const name = NAMES[code % 10];
      if ((code >= 30 && code < 38) || (code >= 90 && code < 98)) style.fg = name;
      else if ((code >= 40 && code < 48) || (code >= 100 && code < 108)) style.bg = name;
    }
  }
}

/** @param {Style} s */
const classes = (s) => [s.bold && "b", s.faint && "f", s.italic && "i", s.under && "u", s.inverse && "inv", s.fg && "fg-" + s.fg, s.bg && "bg-" + s.bg].filter(Boolean).join(" ");

/**
 * A line in pieces of one style each.
 * @param {string} text @returns {{text: string, cls: string}[]}
 */
export function pieces(text) {
  /** @type {{text: string, cls: string}[]} */
  const found = [];
  const style = plain();
  let at = 0;
  const add = (/** @type {number} */ to) => { if (to > at) found.push({ text: visible(text.slice(at, to)), cls: classes(style) }); };
  for (const match of text.matchAll(ESCAPE)) {
    add(match.index);
    at = match.index + match[0].length;
    if (match[2] === "m") apply(style, match[1] ? match[1].split(/[;:]/).map(Number) : [0]);
  }
  add(text.length);
  return found;
}

/** Without colours and commands. @param {string} text */
export const bare = (text) => visible(text.replace(ESCAPE, ""));

/** Of a progress bar only the last state, and how many there were. @param {string} text */
export function lastState(text) {
  const states = text.replace(/\r+$/, "").split("\r").filter((state) => bare(state).trim());
  return { text: states.length ? states[states.length - 1] : "", updates: states.length };
}

/** A line as elements, long ones cut. @param {string} line @param {number} [most] */
export function ansiLine(line, most = SHOWN_CUT) {
  const { text, updates } = lastState(line);
  const short = text.length > most ? text.slice(0, most) : text;
  return html`${pieces(short).map((p) => (p.cls ? html`<span class=${p.cls}>${p.text}</span>` : p.text))}${short === text ? "" : html`<span class="dim"> … ${text.length - most} more characters</span>`}${updates > 1 ? html`<span class="dim"> (${updates} updates)</span>` : ""}`;
}
