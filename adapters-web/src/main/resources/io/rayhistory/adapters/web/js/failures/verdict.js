// @ts-check
// The answer before any table: what happened, worst first; and what the record cannot tell.
import { html, nothing } from "../html.js";
import { here, to } from "../app.js";

const TONES = { failed: "fail", recovered: "infer", open: "open", succeeded: "ok" };

/** @param {any} data of failures @param {any} session */
export function verdict(data, session) {
  const [first, ...others] = data.verdict || [];
  const warnings = (session.warnings || []).filter((/** @type {any} */ w) => w.kind !== "unfinished"); // said among the verdict, and below the list
  return html`<section class="verdict" aria-label="What happened"><div class="note ${TONES[/** @type {keyof typeof TONES} */ (data.outcome)] || ""}">
    ${first ? html`<p class="first">${sentence(first)}</p>${others.map((/** @type {any} */ v) => html`<p>${sentence(v)}</p>`)}` : html`<p class="first">Everything that was recorded succeeded.</p>`}</div>
    ${warnings.length ? html`<ul class="warnings">${warnings.map((/** @type {any} */ w) => html`<li><span class="sign ${w.kind === "inferred" ? "infer" : "open"}" aria-hidden="true">${w.kind === "inferred" ? "≈" : "?"}</span> ${w.text}${w.kind === "inferred" ? html` <a href=${to("tasks", { source: "inferred" })}>Show them</a>` : nothing}</li>`)}</ul>` : nothing}</section>`;
}

/** @param {any} v */
const sentence = (v) => (v.group ? html`<a class="quiet" href=${here({ g: v.group, a: "" })}>${v.text}</a>` : v.text);
