// @ts-check
// Copying text: also where the page came over plain HTTP, and saying that it was done.
import { html } from "../html.js";
import { copyIcon } from "./icons.js";
import { shortId } from "../format.js";

let timer = 0;

/** Tells something in passing. @param {string} text */
export function toast(text) {
  const place = /** @type {HTMLElement} */ (document.getElementById("toast"));
  place.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { place.textContent = ""; }, 2000);
}

/** @param {string} text @param {string} [what] */
export async function copy(text, what = "Copied") {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "sr";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(what);
}

/** @param {string} text @param {string} label */
export const copyButton = (text, label) => html`<button type="button" class="icon" aria-label=${label} title=${label}
  @click=${(/** @type {Event} */ event) => { event.stopPropagation(); event.preventDefault(); copy(text); }}>${copyIcon()}</button>`;

/** An id: eight characters, the whole one in the title and behind the button. @param {string} id @param {string} what @param {any} [shown] */
export const idOf = (id, what, shown) => (id ? html`<span class="id" title=${id}>${shown ?? shortId(id)}${copyButton(id, `Copy the whole ${what} id`)}</span>` : html`<span class="dim">–</span>`);

/** @param {string} line @param {string} label */
export const copyLine = (line, label) => html`<div class="copyline"><pre class="box" tabindex="0" aria-label=${label}>${line}</pre>${copyButton(line, "Copy " + label)}</div>`;
