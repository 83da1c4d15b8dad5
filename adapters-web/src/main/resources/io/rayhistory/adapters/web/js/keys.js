// @ts-check
// One key, one act; never while somebody types, and not at all where the switch is off.

/** @type {[string, string][]} */
export const HELP = [["?", "this table"], ["/", "search of this view"], ["g then f t k a j n p l e", "failures, timeline, tasks, actors, jobs, nodes, groups, logs, events"],
  ["j k", "next, previous row"], ["Enter, o", "open"], ["Esc", "close, clear the selection"], ["y", "copy the link"],
  ["w s a d, + −, arrows", "timeline: zoom and pan"], ["0 f", "timeline: fit all, fit the selection"],
  ["e E", "timeline and logs: next, previous failure"], ["n N", "logs: next, previous hit"]];

const VIEW_KEYS = { f: "failures", t: "timeline", k: "tasks", a: "actors", j: "jobs", n: "nodes", p: "groups", l: "logs", e: "events" };

/** @returns {boolean} */
export function keysOn() {
  try {
    return localStorage.getItem("keys") !== "off";
  } catch {
    return true;
  }
}

/** @param {EventTarget|null} target */
const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** @param {number} step */
function move(step) {
  const rows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("main [data-nav]")].filter((e) => /** @type {HTMLElement} */ (e).offsetParent));
  if (!rows.length) return;
  const at = rows.findIndex((row) => row === document.activeElement || row.contains(document.activeElement));
  const current = at >= 0 ? at : rows.findIndex((row) => row.closest("[aria-current=true]"));
  const next = rows[Math.min(rows.length - 1, Math.max(0, current + step))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/**
 * @param {() => Record<string, (event: KeyboardEvent) => void>} pageKeys of the view that is shown
 * @param {{help(): void, copy(): void, escape(): void, view(name: string): void}} acts
 */
export function listen(pageKeys, acts) {
  let g = 0;
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === "Escape") {
      if (typing(event.target)) /** @type {HTMLElement} */ (event.target).blur();
      else if (!document.querySelector("dialog[open]")) acts.escape();
      return;
    }
    if (typing(event.target) || document.querySelector("dialog[open]") || (event.key.length === 1 && !keysOn())) return;
    if (g && event.timeStamp - g < 1500 && event.key in VIEW_KEYS) {
      g = 0;
      acts.view(VIEW_KEYS[/** @type {keyof typeof VIEW_KEYS} */ (event.key)]);
      event.preventDefault();
      return;
    }
    g = event.key === "g" ? event.timeStamp : 0;
    const own = pageKeys()[event.key];
    if (own) own(event);
    else if (event.key === "?") acts.help();
    else if (event.key === "y") acts.copy();
    else if (event.key === "/") /** @type {HTMLElement|null} */ (document.querySelector("main input[type=search]"))?.focus();
    else if (event.key === "j" || event.key === "k") move(event.key === "j" ? 1 : -1);
    else if (event.key === "o") /** @type {HTMLElement|null} */ (document.activeElement)?.click();
    else return;
    event.preventDefault();
  });
}
