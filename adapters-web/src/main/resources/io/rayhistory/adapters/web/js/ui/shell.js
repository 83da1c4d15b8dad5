// @ts-check
// What stands around every page: the bar on top, the table of keys, the place for passing words.
import { html, nothing } from "../html.js";
import { here, local, paint, zone } from "../app.js";
import { HELP, keysOn } from "../keys.js";
import { address, decode } from "../router.js";
import { copy } from "./copy.js";
import { handover } from "./handover.js";
import { autoIcon, clockIcon, keysIcon, linkIcon, mark, moonIcon, sunIcon } from "./icons.js";

const THEMES = ["auto", "light", "dark"];
const ZONE = `this browser's time zone, ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;
const chosen = () => document.documentElement.dataset.theme || "auto";

function turnTheme() {
  const next = THEMES[(THEMES.indexOf(chosen()) + 1) % THEMES.length];
  if (next === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    localStorage.setItem("theme", next);
  } catch {
    // then it holds for this page only
  }
  dispatchEvent(new Event("themechange"));
  paint();
}

export function help() {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  if (!dialog.open) dialog.showModal();
}

const themeIcon = () => (chosen() === "auto" ? autoIcon() : chosen() === "light" ? sunIcon() : moonIcon());

/** @param {any} c @param {any} body */
export function frame(c, body) {
  const [namespace, cluster] = c.path ? c.path.split("/").map(decode) : [];
  return html`<a class="skip" href="#main" @click=${skip}>Skip to the content</a>
  <header class="top"><a class="brand" href=${address({ query: tz() })}>${mark()}<span>Ray History</span></a>
    ${c.path ? html`<span class="crumbs"><a href=${address({ query: { ns: namespace, ...tz() } })}>${namespace}</a><span aria-hidden="true">/</span><span class="cut">${cluster}</span></span>` : nothing}
    <div class="tools">
      <button type="button" @click=${() => copy(location.href, "Link copied")}>${linkIcon()}<span>Copy link</span></button>
      ${c.session?.data ? handover(c) : nothing}
      <a class="button plain zone" href=${here({ tz: local() ? "" : "local" })} aria-label=${`Times are ${zone()}. Show them in ${local() ? "UTC" : ZONE}`} title=${`Times are ${zone()}. Show them in ${local() ? "UTC" : ZONE}`}>${clockIcon()}<span>${local() ? "Local" : "UTC"}</span></a>
      <button type="button" class="icon" aria-label="Theme: ${chosen()}" title="Theme: ${chosen()}" @click=${turnTheme}>${themeIcon()}</button>
      <button type="button" class="icon wide" aria-label="Keys" title="Keys (?)" @click=${help}>${keysIcon()}</button>
    </div></header>
  ${body}<div id="toast" class="toast" role="status"></div>${keysDialog()}`;
}

const tz = () => ({ tz: local() ? "local" : "" });

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

const keysDialog = () => html`<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
  <table><tbody>${HELP.map(([keys, does]) => html`<tr><th scope="row">${keys.split(" ").map((key) => (/^(then|f,)$/.test(key) ? key + " " : html`<kbd>${key.replace(",", "")}</kbd> `))}</th><td>${does}</td></tr>`)}</tbody></table>
  <p><label class="check"><input type="checkbox" .checked=${keysOn()} @change=${switchKeys}> Single-letter keys</label></p>
  <form method="dialog"><button>Close</button></form></dialog>`;

/** @param {Event} event */
function switchKeys(event) {
  try {
    localStorage.setItem("keys", /** @type {HTMLInputElement} */ (event.target).checked ? "on" : "off");
  } catch {
    // then it cannot be kept
  }
}
