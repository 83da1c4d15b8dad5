// @ts-check
// The whole session in one line: activity, failures, deaths. A click chooses a time.
import { html, nothing, svg } from "../html.js";
import { current, here, local, set } from "../app.js";
import { time } from "../format.js";

const WIDTH = 1200;
const HEIGHT = 44;

/** @param {any} s @param {any[]} groups */
export function strip(s, groups) {
  const span = Math.max(1, s.toMs - s.fromMs);
  const top = Math.max(1, ...s.active, ...s.failed);
  const x = (/** @type {number} */ ms) => ((ms - s.fromMs) / span) * WIDTH;
  const high = (/** @type {number} */ n) => (n ? Math.max(4, Math.round((n / top) ** 0.6 * (HEIGHT - 6))) : 0);
  const wide = (s.bucketMs / span) * WIDTH;
  const from = Number(current().query.get("from"));
  const until = Number(current().query.get("to"));
  return html`<figure class="strip"><div class="marks">${deaths(s, groups, span)}</div>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${`Activity from ${time(s.fromMs, local())} to ${time(s.toMs, local())}, with ${s.failed.reduce((/** @type {number} */ a, /** @type {number} */ b) => a + b, 0)} failures`}
      @click=${(/** @type {MouseEvent} */ event) => choose(event, s)}>
      ${from && until ? svg`<rect class="chosen" x=${x(from)} y="0" width=${Math.max(3, x(until) - x(from))} height=${HEIGHT}/>` : nothing}
      ${s.active.map((/** @type {number} */ n, /** @type {number} */ i) => (n ? svg`<rect class="active" x=${i * wide} y=${HEIGHT - high(n)} width=${Math.max(1, wide - 1)} height=${high(n)}/>` : nothing))}
      ${s.failed.map((/** @type {number} */ n, /** @type {number} */ i) => (n ? svg`<rect class="failed" x=${i * wide} y=${HEIGHT - high(n)} width=${Math.max(1, wide - 1)} height=${high(n)}/>` : nothing))}
      ${s.deaths.map((/** @type {any} */ d) => svg`<rect class="death" x=${x(d.ms) - 1} y="0" width="2" height=${HEIGHT}/>`)}
    </svg>
    <figcaption class="small dim num"><span>${time(s.fromMs, local())}</span><span>record ends ${time(s.toMs, local())}</span></figcaption></figure>`;
}

/** Words for as many deaths as find room. @param {any} s @param {any[]} groups @param {number} span */
function deaths(s, groups, span) {
  let free = 0;
  return s.deaths.map((/** @type {any} */ d) => {
    const at = ((d.ms - s.fromMs) / span) * 100;
    if (at < free) return nothing;
    free = at + 22;
    const right = at > 60;
    return html`<a class="small ${right ? "right" : ""}" .style=${right ? `right:${100 - at}%` : `left:${at}%`} href=${here({ g: groups.some((g) => g.key === d.group) ? d.group : "" })}><span aria-hidden="true">✕</span> ${d.title}</a>`;
  });
}

/** @param {MouseEvent} event @param {any} s */
function choose(event, s) {
  const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
  const bucket = Math.floor(((event.clientX - box.left) / box.width) * (s.toMs - s.fromMs) / s.bucketMs);
  const from = s.fromMs + bucket * s.bucketMs;
  const same = current().query.get("from") === String(from);
  set({ from: same ? "" : from, to: same ? "" : from + s.bucketMs, g: "", a: "" });
}
