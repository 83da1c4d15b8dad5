// @ts-check
// Some lines of a log, where they came from, and the way to the rest.
import { html, nothing } from "../html.js";
import { to } from "../app.js";
import { encodePath } from "../router.js";
import { num } from "../format.js";
import { ansiLine } from "../logs/ansi.js";

/** @param {any} log */
export const logHref = (log) => to("logs", log.start || log.end ? { from: log.start, to: log.end ?? "" } : {}, `${log.nodeId}/${encodePath(log.file)}`);

/** @param {any} log @param {string} title */
export const excerpt = (log, title) => html`<section class="excerpt"><h3><span>${title} <span class="dim">· ${log.stream}${log.start || log.end ? html`, bytes ${num(log.start)}–${log.end ? num(log.end) : "end"} of` : nothing} <code>${log.file}</code></span></span><a href=${logHref(log)}>Open in logs</a></h3>
  ${log.lines && log.lines.length ? html`<pre class="log" tabindex="0" aria-label="Lines of ${log.file}">${log.lines.map((/** @type {string} */ line) => html`<span class="line">${ansiLine(line)}</span>
`)}</pre>` : html`<p class="small dim">${log.size ? "It wrote nothing there." : "The file is empty."}</p>`}
  ${log.interleaved ? html`<p class="small dim">≈ Others wrote into the same range; which line is whose is not recorded.</p>` : nothing}</section>`;
