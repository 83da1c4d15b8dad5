// @ts-check
// The start: puts shell, pages and keys together.
import { html, nothing } from "./html.js";
import { current, forgetBut, go, paint, resource, retry, set, start, to } from "./app.js";
import { getSession } from "./api.js";
import { frame, help } from "./ui/shell.js";
import { sessionHead } from "./ui/head.js";
import { failed, reading } from "./ui/states.js";
import { copy } from "./ui/copy.js";
import { listen } from "./keys.js";
import { address } from "./router.js";

/**
 * A page: `resources` names what it needs, `view` makes it; `ready` tells that it wants the session loaded.
 * @typedef {{title: string, view(context: any): any, resources?(context: any): string[], keys?(context: any): Record<string, (event: KeyboardEvent) => void>, escape?(context: any): void}} Page
 */

/** @type {Record<string, () => Promise<{page: Page}>>} */
const PAGES = {
  sessions: () => import("./sessions/page.js"), failures: () => import("./failures/page.js"), timeline: () => import("./timeline/page.js"),
  tasks: () => import("./lists/tasks.js"), actors: () => import("./lists/actors.js"), jobs: () => import("./lists/jobs.js"), nodes: () => import("./lists/nodes.js"),
  groups: () => import("./lists/groups.js"), events: () => import("./lists/events.js"), logs: () => import("./logs/page.js"),
};
/** @type {Map<string, Page|null>} */
const loaded = new Map();

/** @param {string} name @returns {Page|null} */
function pageOf(name) {
  if (!loaded.has(name)) {
    loaded.set(name, null);
    PAGES[name]().then((module) => { loaded.set(name, module.page); paint(); }, (error) => { console.error(error); loaded.delete(name); });
  }
  return loaded.get(name) || null;
}

/** @param {any} route */
function session(route) {
  return resource("session", route.path, (signal, publish) => getSession(route.path, signal, publish));
}

/** @returns {any} */
function context() {
  const route = current();
  return { route, q: route.query, path: route.path, session: route.page === "session" ? session(route) : null };
}

function draw() {
  const c = context();
  const page = c.route.page === "unknown" ? null : pageOf(c.route.page === "sessions" ? "sessions" : c.route.view);
  if (c.route.page === "unknown") return frame(c, html`<main id="main" tabindex="-1"><h1 tabindex="-1">No such page</h1><p><a href=${address({})}>All sessions</a></p></main>`);
  if (c.route.page === "sessions") {
    forgetBut(["sessions"]);
    title("Sessions");
    return frame(c, html`<main id="main" tabindex="-1">${page ? page.view(c) : nothing}</main>`);
  }
  const facts = c.session.data;
  title(`${page ? page.title + " · " : ""}${facts ? facts.session.cluster : c.path.split("/")[1]}`);
  if (facts && facts.load.state === "failed") {
    return frame(c, html`${sessionHead(c)}<main id="main" tabindex="-1">${failed(facts.load.error ? { kind: facts.load.error.kind, message: facts.load.error.detail } : { kind: "", message: "Loading failed" }, again, "The session cannot be read")}</main>`);
  }
  if (c.session.status === "error") return frame(c, html`<main id="main" tabindex="-1"><h1 tabindex="-1">Session</h1>${failed(c.session.error, () => retry("session"))}</main>`);
  const ready = facts && facts.load.state === "ready";
  if (facts && facts.session.path !== c.path && ready) {
    queueMicrotask(() => go(address({ ...c.route, path: facts.session.path }), { replace: true }));
  }
  forgetBut(["session", "dashboard", ...(page?.resources ? page.resources(c) : [])]);
  return frame(c, html`${sessionHead(c)}<main id="main" tabindex="-1">${!facts ? nothing : !ready ? reading(facts.load) : page ? page.view(c) : nothing}</main>`);
}

/** A failed load is remembered by the server for a while; this one asks for a new one. */
function again() {
  const { path } = current();
  import("./api.js").then(({ get, sessionApi }) => get(sessionApi(path) + "/load?retry=1")).catch(() => {}).finally(() => retry("session"));
}

/** @param {string} text */
function title(text) {
  const full = text + " · Ray History";
  if (document.title !== full) document.title = full;
}

const shownPage = () => { const route = current(); return loaded.get(route.page === "sessions" ? "sessions" : route.view) || null; };

start(draw, () => {});
listen(() => shownPage()?.keys?.(context()) || {}, {
  help,
  copy: () => copy(location.href, "Link copied"),
  escape: () => { const page = shownPage(); if (page?.escape) page.escape(context()); else if (current().query.has("sel")) set({ sel: "" }); },
  view: (name) => { if (current().path) go(to(name)); },
});
