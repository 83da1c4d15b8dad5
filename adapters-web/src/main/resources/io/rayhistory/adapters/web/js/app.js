// @ts-check
// What is shown: the address, and what was asked from the server for it. A change of either paints the page anew.
import { render } from "./html.js";
import { address, merged, parse } from "./router.js";
import { ApiError } from "./api.js";

/** @typedef {{key: string, status: "loading"|"ready"|"error", data: any, error: ApiError|null, stale: boolean, since: number, controller: AbortController}} Resource */

/** @type {Map<string, Resource>} */
const resources = new Map();
/** @type {() => any} */
let draw = () => null;
/** @type {(route: import("./router.js").Route) => void} */
let arrive = () => {};
let waiting = false;
let painted = false;
let tabsWide = 0;
let route = parse(location);

export const current = () => route;

/** @param {() => any} view the whole page as a template @param {(route: import("./router.js").Route) => void} onRoute */
export function start(view, onRoute) {
  draw = view;
  arrive = onRoute;
  addEventListener("popstate", () => follow());
  addEventListener("hashchange", () => follow());
  document.addEventListener("click", click);
  follow();
}

function follow() {
  const before = route;
  route = parse(location);
  arrive(route);
  paint();
  if (before.page !== route.page || before.path !== route.path || before.view !== route.view) landing();
}

/** Figures in the tabs come later, and move those behind them. */
function keepTab() {
  const wide = document.querySelector("nav.tabs")?.scrollWidth || 0;
  if (wide !== tabsWide) { tabsWide = wide; showTab(); }
}

/** Where the tabs find no room, the one that is shown does. */
function showTab() {
  const tab = /** @type {HTMLElement|null} */ (document.querySelector("nav.tabs [aria-current]"));
  const nav = tab?.parentElement;
  if (tab && nav && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = tab.offsetLeft - (nav.clientWidth - tab.offsetWidth) / 2;
}

/** After a navigation whoever reads with the ears starts at the page's title. */
function landing() {
  scrollTo(0, 0);
  requestAnimationFrame(() => requestAnimationFrame(() => { showTab(); document.querySelector("h1")?.focus({ preventScroll: true }); }));
}

/** @param {MouseEvent} event */
function click(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    || link.target || link.hasAttribute("download") || link.origin !== location.origin || parse(link).page === "unknown") return;
  if (link.getAttribute("href")?.startsWith("#")) return;
  event.preventDefault();
  go(link.href);
}

/** @param {string} href @param {{replace?: boolean, state?: any}} [how] */
export function go(href, how = {}) {
  if (how.replace) history.replaceState(how.state ?? history.state, "", href);
  else history.pushState(how.state ?? null, "", href);
  follow();
}

/** Changes parts of the query of this address. @param {Record<string, any>} changes @param {{replace?: boolean, state?: any}} [how] */
export const set = (changes, how) => go(here(changes), how);

/** @param {Record<string, any>} [changes] */
export const here = (changes = {}) => address({ ...route, query: merged(route.query, changes), hash: "" });

/** The address of a view of this session; the choice of the clock goes along. @param {string} view @param {Record<string, any>} [query] @param {string} [rest] @param {string} [hash] */
export const to = (view, query = {}, rest = "", hash = "") =>
  address({ path: route.path, view, rest, hash, query: merged(new URLSearchParams(), { ...query, tz: route.query.get("tz") }) });

export const local = () => route.query.get("tz") === "local";
/** Which clock the times are of. */
export const zone = () => (local() ? "local" : "UTC");

export function paint() {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    const place = /** @type {HTMLElement} */ (document.getElementById("app"));
    if (!painted) place.replaceChildren();
    render(draw(), place);
    requestAnimationFrame(keepTab);
    painted = true;
  });
}

/**
 * What was asked under a name; asks if the key is new. Old data of the same page stay until the new ones are there.
 * @param {string} name @param {string} key @param {(signal: AbortSignal, publish: (data: any) => void) => Promise<any>} load
 * @param {{keep?: boolean}} [how] keep: show the old data meanwhile
 * @returns {Resource}
 */
export function resource(name, key, load, how = {}) {
  const old = resources.get(name);
  if (old && old.key === key) return old;
  old?.controller.abort();
  const controller = new AbortController();
  const keeps = how.keep && old && old.data !== null;
  /** @type {Resource} */
  const now = { key, status: "loading", data: keeps ? old.data : null, error: null, stale: Boolean(keeps), since: performance.now(), controller };
  resources.set(name, now);
  const still = () => resources.get(name) === now;
  load(controller.signal, (data) => { if (still()) { now.data = data; now.stale = false; paint(); } }).then((data) => {
    if (still()) { Object.assign(now, { status: "ready", data, stale: false }); paint(); }
  }, (error) => {
    if (!still() || error.name === "AbortError") return;
    if (!(error instanceof ApiError)) console.error(error);
    Object.assign(now, { status: "error", error: error instanceof ApiError ? error : new ApiError(0, "internal", String(error)) });
    paint();
  });
  return now;
}

/** Asks again. @param {...string} names */
export function retry(...names) {
  for (const name of names) {
    const old = resources.get(name);
    if (old) { old.controller.abort(); old.key = " "; }
  }
  paint();
}

/** Ends what nobody looks at any more. @param {string[]} names that are still wanted */
export function forgetBut(names) {
  for (const [name, old] of resources) {
    if (!names.includes(name)) { old.controller.abort(); resources.delete(name); }
  }
}
