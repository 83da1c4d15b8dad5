// @ts-check
// The theme's colours for the canvas, which knows no custom properties.

const NAMES = ["bg", "panel", "line", "text", "dim", "link", "sel", "span-ok", "span-fail", "span-open", "bar-ok", "infer"];

/** Colours of the theme as the canvas wants them: light-dark() is resolved by the browser. @returns {Record<string, string>} */
export function palette() {
  const probe = document.createElement("i");
  probe.hidden = true;
  document.body.append(probe);
  const found = Object.fromEntries(NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color];
  }));
  probe.remove();
  return found;
}

/** @param {CanvasRenderingContext2D} g @param {Record<string, string>} colours @param {number} ratio */
export function hatch(g, colours, ratio) {
  const tile = document.createElement("canvas");
  tile.width = tile.height = 8;
  const t = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
  t.fillStyle = colours["span-open"];
  t.fillRect(0, 0, 8, 8);
  t.strokeStyle = colours.bg;
  t.lineWidth = 1.6;
  t.beginPath();
  for (const d of [-8, 0, 8]) { t.moveTo(d, 8); t.lineTo(d + 8, 0); }
  t.stroke();
  const pattern = /** @type {CanvasPattern} */ (g.createPattern(tile, "repeat"));
  pattern.setTransform(new DOMMatrix().scale(1 / ratio));
  return pattern;
}
