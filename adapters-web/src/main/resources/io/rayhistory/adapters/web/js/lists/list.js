// @ts-check
// What all lists of a session share: filters, the table, and a drawer for the row that the address names.
import { html, nothing } from "../html.js";
import { here, resource, retry, set } from "../app.js";
import { getLoaded, sessionApi, withQuery } from "../api.js";
import { num, plural } from "../format.js";
import { clearAll } from "../ui/filters.js";
import { close } from "../ui/drawer.js";
import { empty, shown } from "../ui/states.js";
import { table } from "../ui/table.js";

const PAGE_SIZE = 100;

/**
 * @typedef {{view: string, path: string, title: string, one: string, many?: string, filters: string[], bar: () => any, columns: import("../ui/table.js").Column[],
 *   key: (row: any) => string, defaultSort: string, drawer?: (c: any, sel: string, row: any) => any, none: any}} List
 */

/** @param {List} list */
export function listPage(list) {
  const name = "list:" + list.view;
  const ask = (/** @type {any} */ c) => {
    const query = Object.fromEntries([...list.filters, "q", "sort", "cursor"].map((f) => [f, c.q.get(f)]));
    const url = withQuery(`${sessionApi(c.path)}/${list.path}`, { ...query, limit: PAGE_SIZE });
    return resource(name, url, (signal) => getLoaded(url, signal), { keep: true });
  };

  /** @param {any} c */
  function view(c) {
    const r = ask(c);
    const sel = c.q.get("sel") || "";
    const row = r.data?.rows.find((/** @type {any} */ one) => list.key(one) === sel);
    const filtered = [...list.filters, "q"].some((f) => c.q.get(f));
    return html`<div class="filters" role="search">${list.bar()}<span class="total" role="status">${r.data ? (r.data.total === r.data.all ? plural(r.data.all, list.one, list.many) : `${num(r.data.total)} of ${plural(r.data.all, list.one, list.many)}`) : ""}</span></div>
      <div class="split ${sel && list.drawer ? "two" : ""}"><div class="list">${shown(r, (data) => (data.rows.length
        ? table({ columns: list.columns, data, key: list.key, href: (one) => here({ sel: list.key(one) }), selected: sel, label: list.title, defaultSort: list.defaultSort, busy: r.stale })
        : filtered ? empty(`No ${list.one} matches`, html`<div class="row">${clearAll([...list.filters, "q"])}</div>`) : empty(`No ${list.one} is recorded`, list.none)), { retry: () => retry(name), rows: 12 })}</div>
        ${sel && list.drawer ? list.drawer(c, sel, row) : nothing}</div>`;
  }

  return { title: list.title, view, resources: () => [name, "drawer"],
    escape: (/** @type {any} */ c) => { if (c.q.get("sel")) close("sel", c.q.get("sel")); else set({ q: "" }); } };
}

/** Asks for what a drawer shows. @param {any} c @param {string} path @param {Record<string, any>} [query] */
export function detailOf(c, path, query = {}) {
  const url = withQuery(`${sessionApi(c.path)}/${path}`, query);
  return resource("drawer", url, (signal) => getLoaded(url, signal));
}
