// @ts-check
// Which page an address means. Path segments stay percent-encoded as they are in the address: they go into other addresses.

/** The server's root as a path with a slash at its end; the page tells it relative to itself. */
export const ROOT = new URL(/** @type {HTMLMetaElement} */ (document.querySelector("meta[name=root]")).content, location.href).pathname;

export const VIEWS = ["failures", "timeline", "tasks", "actors", "jobs", "nodes", "groups", "logs", "events"];

/**
 * @typedef {{page: "sessions"|"session"|"unknown", path: string, view: string, rest: string, query: URLSearchParams, hash: string}} Route
 */

/** @param {{pathname: string, search: string, hash: string}} place @param {string} [root] @returns {Route} */
export function parse(place, root = ROOT) {
  const query = new URLSearchParams(place.search);
  const hash = place.hash.slice(1);
  const route = { page: /** @type {Route["page"]} */ ("unknown"), path: "", view: "", rest: "", query, hash };
  const below = place.pathname.startsWith(root) ? place.pathname.slice(root.length) : "?";
  const parts = below.split("/");
  while (parts.length > 1 && parts[parts.length - 1] === "") parts.pop();
  if (parts.length === 1 && (parts[0] === "" || parts[0] === "sessions")) return { ...route, page: "sessions" };
  const view = parts[4] || "failures";
  if (parts[0] !== "sessions" || parts.length < 4 || !VIEWS.includes(view) || (parts.length > 5 && view !== "logs")) return route;
  return { ...route, page: "session", path: parts.slice(1, 4).join("/"), view, rest: parts.slice(5).join("/") };
}

/**
 * @param {{path?: string, view?: string, rest?: string, query?: URLSearchParams|Record<string, any>, hash?: string}} to
 * @param {string} [root]
 */
export function address(to, root = ROOT) {
  const view = to.view && to.view !== "failures" ? "/" + to.view : "";
  const path = to.path ? "sessions/" + to.path + view + (to.rest ? "/" + to.rest : "") : "sessions";
  const query = to.query instanceof URLSearchParams ? to.query : merged(new URLSearchParams(), to.query || {});
  const search = query.toString();
  return root + path + (search ? "?" + search : "") + (to.hash ? "#" + to.hash : "");
}

/** A copy with some values changed; empty ones are gone. @param {URLSearchParams} query @param {Record<string, any>} changes */
export function merged(query, changes) {
  const all = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === null || value === "" || value === false) all.delete(name);
    else all.set(name, String(value));
  }
  return all;
}

/** Percent-encodes each segment of a path. @param {string} path */
export const encodePath = (path) => path.split("/").map(encodeURIComponent).join("/");

/** Undoes it where that is possible. @param {string} text */
export function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
