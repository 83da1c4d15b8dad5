// @ts-check
// Every stored session: found, filtered, sorted and paged by the server.
import { html, nothing } from "../html.js";
import { local, resource, retry, zone } from "../app.js";
import { get, H, withQuery } from "../api.js";
import { dateTime, num, plural } from "../format.js";
import { chips, choice, clearAll, searchBox } from "../ui/filters.js";
import { empty, shown } from "../ui/states.js";
import { table } from "../ui/table.js";
import { copyLine } from "../ui/copy.js";
import { columns, hrefOf } from "./row.js";

const PAGE_SIZE = 50;
const FILTERS = ["q", "ns", "outcome", "days", "from", "to"];
const DAY_MS = 86_400_000;

/** @param {URLSearchParams} q */
function question(q) {
  const days = Number(q.get("days"));
  return withQuery(H + "/sessions", { q: q.get("q"), ns: q.get("ns"), outcome: q.get("outcome"), to: q.get("to"), sort: q.get("sort"), cursor: q.get("cursor"), limit: PAGE_SIZE,
    from: days > 0 ? Math.floor((Date.now() - days * DAY_MS) / 60_000) * 60_000 : q.get("from") });
}

/** @param {any} c */
function view(c) {
  const r = resource("sessions", c.q.toString(), async (signal) => ({ ...(await get(question(c.q), signal)), asked: Date.now() }), { keep: true });
  const data = r.data;
  return html`<h1 tabindex="-1">Sessions</h1>
    <p class="dim where">${data ? html`in <code>${data.store}</code>` : html`&nbsp;`}</p>
    <div class="filters" role="search">${searchBox("Search cluster, owner, session…")}
      ${choice("namespace", "ns", [["", "any"], ...(data?.namespaces || []).map((/** @type {string} */ ns) => [ns, ns])])}
      ${choice("outcome", "outcome", [["", "any"], ["failed", "✕ failed"], ["recovered", "↻ recovered"], ["open", "◐ open end"], ["succeeded", "✓ succeeded"]])}
      ${choice("started", "days", [["", "any time"], ["1", "last day"], ["7", "last 7 days"], ["30", "last 30 days"]])}
      ${chips({ from: (v) => `from ${dateTime(Number(v), local()) || v}`, to: (v) => `until ${dateTime(Number(v), local()) || v}` })}
      <span class="total" role="status">${data ? (data.total === data.all ? plural(data.all, "session") : `${num(data.total)} of ${plural(data.all, "session")}`) : ""}</span></div>
    ${shown(r, (found) => list(found, r), { retry: () => retry("sessions"), rows: 10 })}`;
}

/** @param {any} data @param {any} r */
function list(data, r) {
  if (!data.all) {
    return html`${empty("No session is stored there", html`<p>Looked for sessions of the collectors in <code>${data.store}</code>, in every layout that is known.</p>
      <p>Is this the folder or container that the collectors write to, and is the root directory the one they use?</p>
      <div class="copyline-box">${copyLine("rayhistory check-storage", "the command that checks the storage settings")}</div>`)}${damaged(data)}`;
  }
  if (!data.rows.length) return empty("No session matches", html`<div class="row">${clearAll(FILTERS)}</div>`);
  return html`${r.status === "error" ? html`<p class="dim">What is shown was read at ${dateTime(data.asked, local())} ${zone()}.</p>` : nothing}
    ${table({ columns, data, key: (row) => row.path, href: hrefOf, label: "Sessions", defaultSort: "-start", busy: r.stale })}${damaged(data)}`;
}

/** @param {any} data */
const damaged = (data) => (data.damaged?.length ? html`<section class="damaged"><h2>Not readable</h2><ul>${data.damaged.map((/** @type {any} */ d) => html`<li><code>${d.object}</code>: ${d.reason}</li>`)}</ul></section>` : nothing);

export const page = { title: "Sessions", view };
