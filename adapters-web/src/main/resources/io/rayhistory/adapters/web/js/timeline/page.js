// @ts-check
// The timeline of a session: a canvas, its twin in words, and what finds things in it.
import { html, nothing, ref } from "../html.js";
import { current as route, local, paint, resource, retry, set, to } from "../app.js";
import { get, getLoaded, sessionApi } from "../api.js";
import { dateTime, duration, plural, shortId, time } from "../format.js";
import { badge, nameOf, stateBadge, stateOf } from "../ui/badge.js";
import { toast } from "../ui/copy.js";
import { choice, searchBox } from "../ui/filters.js";
import { shown } from "../ui/states.js";
import { keys as viewKeys, listen } from "./input.js";
import { MiniMap } from "./minimap.js";
import { BY, FAILED, INFERRED, OPEN, decode, kind, msOf, unitOf } from "./model.js";
import { View } from "./view.js";

/** @type {View|null} */
let view = null;
let wanted = "";
let timer = 0;

/** @param {any} c */
const spans = (c) => resource("timeline", c.path + (c.q.get("job") || ""), (signal) => getLoaded(`${sessionApi(c.path)}/timeline${c.q.get("job") ? "?job=" + encodeURIComponent(c.q.get("job")) : ""}`, signal, async (answer) => decode(await answer.arrayBuffer())));

/** @param {any} c */
function chosen(c) {
  const [task, attempt] = (c.q.get("sel") || "").split(".");
  return resource("span", task + "." + attempt, async (signal) => (task ? (await get(`${sessionApi(c.path)}/timeline/spans?task=${encodeURIComponent(task)}&attempt=${encodeURIComponent(attempt || "0")}&wait=0`, signal)).rows[0] || null : null), { keep: true });
}

/** @param {any} c */
function page0(c) {
  return shown(spans(c), (m) => {
    const asked = chosen(c);
    const span = asked.data;
    if (view) update(c, m, !c.q.get("sel") ? -1 : asked.stale || !span ? view.selected : span.index);
    return html`<div class="filters tl-bar" role="search">${searchBox("Find a task or function")}
      ${choice("Lanes", "by", [["", "by node"], ["job", "by job"]], { fold: "", y: "" })}
      <button type="button" @click=${() => view?.fit()} title="Show everything (0)">Fit</button>
      <button type="button" class="icon-text" aria-label="Zoom in" @click=${() => view?.zoom(0.6)}>+</button><button type="button" class="icon-text" aria-label="Zoom out" @click=${() => view?.zoom(1 / 0.6)}>−</button>
      <button type="button" aria-pressed=${c.q.get("failures") ? "true" : "false"} @click=${() => set({ failures: c.q.get("failures") ? "" : "1" }, { replace: true })}>Failures only</button>
      <span class="legend small"><span><i class="ok"></i>finished</span><span><i class="fail"></i>✕ failed</span><span><i class="open"></i>◐ open at record end</span><span><i class="infer"></i>≈ inferred</span></span>
      <span class="total num" role="status">${plural(m.n, "span")}, ${plural(m.header.nodes.length, "node")}, ${plural(new Set(m.header.lanes.map((/** @type {any} */ l) => l.workerId)).size, "worker")}${m.header.lanesLeftOut ? `; ${plural(m.header.lanesLeftOut, "lane")} left out` : ""}</span></div>
      ${m.n ? html`<canvas class="tl-map panel" role="img" aria-label=${`The whole record, ${duration(m.header.recordEndMs - m.header.t0Ms)}, with ${plural(m.failed.length, "failed span")}; framed is what is shown below`}></canvas><div class="tl-box panel" tabindex="0" role="application" aria-label="Timeline. Arrows go from span to span, w and s zoom, a and d move; the selected span is told below." aria-describedby="tl-twin"
        ${ref(attach)}><canvas aria-hidden="true"></canvas><div class="tl-spacer"></div></div><div id="tl-tip" class="tl-tip small" hidden></div>
      ${twin(c, m, span)}` : html`<div class="center panel"><h2>No span is recorded</h2><p>No task of this session has run on a worker.</p></div>`}`;
  }, { retry: () => retry("timeline"), rows: 14 });
}

/** Called before the element is in the page: sizes come from an observer. @param {Element|undefined} element */
function attach(element) {
  if (view && (!element || view.box !== element)) { view.close(); view = null; wanted = ""; }
  if (!element || view) return;
  const box = /** @type {HTMLElement} */ (element);
  view = new View(box, /** @type {HTMLCanvasElement} */ (box.children[0]), /** @type {HTMLElement} */ (box.children[1]), moved);
  view.map = new MiniMap(/** @type {HTMLCanvasElement} */ (box.previousElementSibling), view);
  listen(view, { hover: tip, pick });
  paint();
}

/** The address decides what is shown; what the hand moved last is in it already. @param {any} c @param {any} m @param {number} index of the chosen span */
function update(c, m, index) {
  const v = /** @type {View} */ (view);
  if (v.model !== m) { v.show(m); wanted = ""; }
  const by = BY.includes(c.q.get("by")) ? c.q.get("by") : BY[0];
  const order = `${by} ${c.q.get("failures")} ${c.q.get("fold")}`;
  if (v.order !== order || !v.rows.length) {
    v.order = order;
    v.arrange({ by, failuresOnly: Boolean(c.q.get("failures")), folded: new Set((c.q.get("fold") || "").split(".").filter(Boolean).map(Number)) });
  }
  const place = `${c.q.get("from")} ${c.q.get("to")} ${c.q.get("y")}`;
  if (wanted !== place) {
    wanted = place;
    if (c.q.get("from") && c.q.get("to")) v.range(unitOf(m, Number(c.q.get("from"))), unitOf(m, Number(c.q.get("to"))));
    else v.fit();
    v.top = Number(c.q.get("y")) || 0;
    clearTimeout(timer);
  }
  const text = (c.q.get("q") || "").toLowerCase();
  v.matched = text ? Uint8Array.from(m.header.names, (/** @type {string} */ name) => (name.toLowerCase().includes(text) ? 1 : 0)) : null;
  if (v.local !== local()) { v.local = local(); v.map?.forget(); }
  if (v.selected !== index) {
    v.selected = index;
    if (!c.q.get("from") && !c.q.get("y")) v.reveal(index); // else the address says what is in sight
  }
  v.change();
}

/** After a rest the address tells the range, and the row at the upper edge. */
function moved() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    if (!view?.model) return;
    const all = view.from <= 0 && view.to >= view.model.end;
    const from = all ? null : Math.round(msOf(view.model, view.from));
    const until = all ? null : Math.round(msOf(view.model, view.to));
    const y = view.top || null;
    if (wanted === `${from} ${until} ${y}`) return;
    wanted = `${from} ${until} ${y}`;
    set({ from, to: until, y }, { replace: true });
  }, 200);
}

/** @param {{row: any, index: number}} found */
function pick(found) {
  if (found.row?.kind === "group") {
    const folded = new Set((route().query.get("fold") || "").split(".").filter(Boolean));
    const group = String(found.row.group);
    if (!folded.delete(group)) folded.add(group);
    set({ fold: [...folded].join(".") }, { replace: true });
  } else select(found.index);
}

/** @param {number} index */
async function select(index) {
  if (!view?.model) return;
  if (index < 0) { set({ sel: "" }); return; }
  view.selected = index;
  view.reveal(index);
  const { path } = route();
  try {
    const { rows } = await get(`${sessionApi(path)}/timeline/spans?from=${index}&count=1&wait=0`);
    if (rows[0] && route().path === path && view?.selected === index) set({ sel: `${rows[0].taskId}.${rows[0].attempt}` });
  } catch (error) {
    toast(error instanceof Error ? error.message : String(error));
  }
}

/** The next span of the lane, or the next failure of the session. @param {number} by */
const step = (by) => { if (view?.model) select(Math.min(view.model.n - 1, Math.max(0, view.selected + by))); };
/** @param {number} by */
function failure(by) {
  const m = view?.model;
  if (!view || !m || !m.failedByTime.length) return;
  const at = m.failedByTime.indexOf(view.selected);
  const next = m.failedByTime[at < 0 ? (by > 0 ? 0 : m.failedByTime.length - 1) : (at + by + m.failedByTime.length) % m.failedByTime.length];
  select(next);
}

/** @param {number} index @param {number} x @param {number} y */
function tip(index, x, y) {
  const place = document.getElementById("tl-tip");
  if (!place || !view?.model) return;
  place.hidden = index < 0;
  if (index < 0) return;
  const m = view.model;
  const state = m.state[index];
  const word = kind(state) === FAILED ? "✕ failed" : kind(state) === OPEN ? "◐ not ended" : "✓ finished";
  place.textContent = `${m.header.names[m.name[index]]}\n${word}${state & INFERRED ? " ≈ inferred" : ""} · ${duration(m.duration[index] * m.header.unitUs / 1000)}\n${time(msOf(m, m.start[index]), local(), true)}`;
  place.style.transform = `translate(${Math.min(x + 14, innerWidth - 260)}px, ${Math.min(y + 14, innerHeight - 80)}px)`;
}

/** @param {any} c @param {any} m @param {any} span */
function twin(c, m, span) {
  const failures = m.failed.length;
  const on = span && c.q.get("sel");
  return html`<section id="tl-twin" class="tl-twin" aria-label="Selected span"><div class="grow" role="status">${on
    ? html`<p><b>${nameOf(span.name || span.function)}</b> ${stateBadge(span.state, span)} <span class="num">${duration(span.durationMs)}</span></p>
      <p class="dim small num">${dateTime(span.startMs, local(), true)} – ${time(span.endMs, local(), true) || "not ended"} · ${span.nodeIp || "node not recorded"}${span.pid ? ` · pid ${span.pid}` : ""} · attempt ${span.attempt} of <span class="mono">${shortId(span.taskId)}</span>${span.error ? html` · ${span.error}` : nothing}</p>`
    : html`<p class="dim">${failures ? html`${badge({ ...stateOf("FAILED"), word: plural(failures, "failed span") })} <kbd>e</kbd> goes from one to the next.` : "Nothing failed here."} Choose a span to read about it.</p>`}</div>
    <div class="row">${on ? html`<a class="button" href=${to("tasks", { sel: c.q.get("sel") })}>Details</a>${span.group ? html`<a class="button" href=${to("failures", { g: span.group, a: c.q.get("sel") })}>Failure</a>` : nothing}` : nothing}
      <button type="button" @click=${() => step(-1)} aria-label="Previous span">‹</button><button type="button" @click=${() => step(1)} aria-label="Next span">›</button>
      ${failures ? html`<button type="button" @click=${() => failure(1)}>Next failure</button>` : nothing}
      <a class="button" href=${to("tasks", { sort: "start", q: c.q.get("q"), job: c.q.get("job") })}>Show as table</a>
      <a class="button" download href="${sessionApi(c.path)}/timeline/trace" title="Chrome trace, for Perfetto">Trace</a></div></section>`;
}

export const page = { title: "Timeline", view: page0, resources: () => ["timeline", "span"], keys: () => (view ? viewKeys(view, { step, failure }) : {}), escape: () => set({ sel: "" }) };
