// @ts-check
// What failed: the answer in words, when it was, its causes, and one of them in full.
import { html, nothing } from "../html.js";
import { local, resource, retry, set } from "../app.js";
import { getLoaded, sessionApi } from "../api.js";
import { plural, time } from "../format.js";
import { shown } from "../ui/states.js";
import { chips } from "../ui/filters.js";
import { to } from "../app.js";
import { detail, wanted } from "./detail.js";
import { groupList } from "./groups.js";
import { strip } from "./strip.js";
import { verdict } from "./verdict.js";

/** @param {any} c */
const failures = (c) => resource("failures", c.path, (signal) => getLoaded(sessionApi(c.path) + "/failures", signal));

/** Those of the chosen time. @param {any[]} groups @param {URLSearchParams} q */
function inTime(groups, q) {
  const from = Number(q.get("from"));
  const until = Number(q.get("to"));
  return from && until ? groups.filter((g) => g.firstMs < until && g.lastMs >= from) : groups;
}

/** @param {any} c */
function view(c) {
  return shown(failures(c), (data) => {
    const groups = inTime(data.groups, c.q);
    const key = c.q.get("g") || groups[0]?.key || "";
    const group = data.groups.find((/** @type {any} */ g) => g.key === key);
    return html`${verdict(data, c.session.data)}${data.strip ? strip(data.strip, data.groups) : nothing}
      ${c.q.get("from") ? html`<div class="filters">${chips({ from: () => html`failures of ${time(Number(c.q.get("from")), local())}–${time(Number(c.q.get("to")), local())}` })}
        <a href=${to("timeline", { from: c.q.get("from"), to: c.q.get("to") })}>this time in the timeline</a></div>` : nothing}
      ${data.groups.length ? html`<div class="fsplit ${c.q.get("g") ? "chosen" : ""}"><div class="glist">${groups.length ? groupList(groups, key) : html`<p class="center panel">No failure at that time.</p>`}
        ${foot(data)}</div>${group ? detail(c, group) : key && c.q.get("g") ? html`<p class="center panel">There is no such group of failures.</p>` : nothing}</div>` : foot(data)}`;
  }, { retry: () => retry("failures") });
}

/** @param {any} data */
const foot = (data) => html`${data.unfinished?.attempts ? html`<p class="foot small dim"><span class="sign open" aria-hidden="true">◐</span> ${plural(data.unfinished.attempts, "attempt")} had not ended when the record stops. That is no failure. <a href=${to("tasks", { source: "unfinished" })}>Show them</a></p>` : nothing}
  ${data.merged ? html`<p class="foot small dim">There are more causes than can be listed: ${plural(data.merged, "of them was", "of them were")} joined by their exception's class.</p>` : nothing}`;

/** @param {any} c */
function escape(c) {
  if (c.q.get("a")) set({ a: "" });
  else if (c.q.get("g")) set({ g: "" });
}

/** @param {any} c */
const resources = (c) => ["failures", ...wanted(c)];

export const page = { title: "Failures", view, resources, escape };
