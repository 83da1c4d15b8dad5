// @ts-check
// What narrows a list: a search box, choices, chips for what is chosen.
import { html, live, nothing } from "../html.js";
import { current, here, set } from "../app.js";
import { closeIcon } from "./icons.js";

let timer = 0;

/** @param {string} placeholder @param {string} [name] */
export const searchBox = (placeholder, name = "q") => html`<input type="search" placeholder=${placeholder} aria-label=${placeholder} autocomplete="off" spellcheck="false"
  .value=${live(current().query.get(name) || "")}
  @input=${(/** @type {InputEvent} */ event) => {
    const value = /** @type {HTMLInputElement} */ (event.target).value;
    clearTimeout(timer);
    timer = setTimeout(() => set({ [name]: value, cursor: "" }, { replace: true }), 200);
  }}>`;

/** @param {string} label @param {string} name @param {[string, string][]} options value and text; the empty value is "any" @param {Record<string, any>} [also] what else changes with it */
export const choice = (label, name, options, also = {}) => {
  const value = current().query.get(name) || "";
  const all = options.some(([v]) => v === value) ? options : [...options, /** @type {[string, string]} */ ([value, value])];
  return html`<label class="choice"><span class="dim">${label}</span><select @change=${(/** @type {Event} */ event) => set({ [name]: /** @type {HTMLSelectElement} */ (event.target).value, cursor: "", ...also })}>
    ${all.map(([v, text]) => html`<option value=${v} .selected=${live(v === value)}>${text}</option>`)}</select></label>`;
};

/** One chip per chosen value that no visible choice shows. @param {Record<string, (value: string) => any>} names */
export const chips = (names) => Object.entries(names).map(([name, text]) => {
  const value = current().query.get(name);
  return value ? html`<span class="chip"><span class="cut">${text(value)}</span><button type="button" aria-label="Remove this filter" @click=${() => set({ [name]: "", cursor: "" })}>${closeIcon()}</button></span>` : nothing;
});

/** @param {string[]} names */
export const clearAll = (names) => html`<a class="button" href=${here(Object.fromEntries([...names, "cursor"].map((name) => [name, ""])))}>Clear filters</a>`;
