// @ts-check
// What one row holds, beside the list, never over it.
import { html, nothing } from "../html.js";
import { set } from "../app.js";
import { closeIcon } from "./icons.js";

/** Closes what an address has opened, and gives the focus back to the row. @param {string} name @param {string} key */
export function close(name, key) {
  set({ [name]: "" });
  requestAnimationFrame(() => /** @type {HTMLElement|null} */ (document.querySelector(`[data-key="${CSS.escape(key)}"] a`))?.focus());
}

/** @param {{title: any, name: string, key: string, badge?: any, body: any}} d */
export const drawer = (d) => html`<aside class="drawer panel" role="region" aria-labelledby="drawer-title"><header>
  <h2 id="drawer-title" tabindex="-1">${d.title}</h2>${d.badge || nothing}<button type="button" class="icon" aria-label="Close" title="Close (Esc)" @click=${() => close(d.name, d.key)}>${closeIcon()}</button></header>${d.body}</aside>`;

/** Name and value, where there is a value. @param {[string, any][]} pairs */
export const facts = (pairs) => html`<dl class="facts">${pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined && value !== nothing).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
