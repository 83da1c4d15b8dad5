// @ts-check
// A state is a sign, a word and a colour; how we know it is a word, too.
import { html, nothing } from "../html.js";
import { visible, words } from "../format.js";

/** @typedef {{sign: string, word: string, tone: "fail"|"ok"|"open"|"infer"|"plain"}} State */

const FAILED = new Set(["FAILED", "failed"]);
const DONE = new Set(["FINISHED", "SUCCEEDED", "CREATED", "succeeded"]);
const ALIVE = new Set(["ALIVE", "RUNNING", "RUNNING_IN_RAY_GET", "RUNNING_IN_RAY_WAIT", "RESTARTING", "GETTING_AND_PINNING_ARGS"]);

/**
 * @param {string} state as Ray names it
 * @param {{source?: string, recovered?: boolean, expected?: boolean|null}} [about]
 * @returns {State}
 */
export function stateOf(state, about = {}) {
  if (FAILED.has(state)) return about.recovered ? { sign: "↻", word: "failed, retried", tone: "infer" } : { sign: "✕", word: "failed", tone: "fail" };
  if (state === "DEAD") return about.expected === false ? { sign: "✕", word: "died", tone: "fail" } : { sign: "–", word: "ended", tone: "plain" };
  if (DONE.has(state)) return { sign: "✓", word: words(state), tone: "ok" };
  if (!state || state === "NIL") return { sign: "?", word: "not recorded", tone: "plain" };
  if (about.source === "unfinished" || ALIVE.has(state)) return { sign: "◐", word: words(state), tone: about.source === "unfinished" ? "open" : "plain" };
  return state === "REMOVED" || state === "STOPPED" ? { sign: "–", word: words(state), tone: "plain" } : { sign: "○", word: words(state), tone: "plain" };
}

/** @param {State} state @param {{source?: string, inferredFrom?: string}} [about] */
export function badge(state, about = {}) {
  const inferred = about.source === "inferred";
  const title = inferred ? `inferred: ${about.inferredFrom || "no event said so"}` : about.source === "unfinished" ? "not ended when the record stops" : "";
  return html`<span class="badge ${state.tone} ${inferred ? "inferred" : ""}" title=${title || nothing}><span class="sign" aria-hidden="true">${inferred ? "≈" : ""}${state.sign}</span>${state.word}${inferred ? html`<span class="sr">, inferred</span>` : nothing}</span>`;
}

/** @param {string} state @param {any} row */
export const stateBadge = (state, row) => badge(stateOf(state, row), row);

const OUTCOMES = {
  failed: { sign: "✕", word: "failed", tone: "fail" }, recovered: { sign: "↻", word: "recovered", tone: "infer" },
  open: { sign: "◐", word: "open end", tone: "open" }, succeeded: { sign: "✓", word: "succeeded", tone: "ok" },
};

/** @param {string} outcome @param {string} [word] */
export const outcomeState = (outcome, word) => {
  const known = /** @type {State} */ (OUTCOMES[/** @type {keyof typeof OUTCOMES} */ (outcome)] || { sign: "?", word: "not read yet", tone: "plain" });
  return word ? { ...known, word } : known;
};

/** A name from the cluster: its direction and its controls stay inside. @param {string} text */
export const nameOf = (text) => html`<bdi>${visible(text)}</bdi>`;
