// @ts-check
// Numbers, times and ids as people read them. Pure.

/** @param {number} n */
export const num = (n) => n.toLocaleString("en-US");

/** @param {number} n @param {string} one @param {string} [many] */
export const plural = (n, one, many = one + "s") => `${num(n)} ${n === 1 ? one : many}`;

/** @param {number} n */
export function bytes(n) {
  if (n < 1000) return `${n} B`;
  const units = ["kB", "MB", "GB", "TB"];
  let i = -1;
  while (n >= 999.5 && i < units.length - 1) { n /= 1000; i++; }
  return `${n >= 100 ? Math.round(n) : n.toFixed(1)} ${units[i]}`;
}

/** @param {number|null|undefined} ms */
export function duration(ms) {
  if (ms === null || ms === undefined) return "";
  if (ms < 1000) return `${ms < 10 && ms % 1 ? ms.toFixed(1) : Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 9_995 ? 2 : 1)} s`;
  const s = Math.round(ms / 1000);
  if (s < 3600) return `${Math.floor(s / 60)}m ${two(s % 60)}s`;
  if (s < 86_400) return `${Math.floor(s / 3600)}h ${two(Math.floor(s / 60) % 60)}m`;
  return `${Math.floor(s / 86_400)}d ${Math.floor(s / 3600) % 24}h`;
}

/** @param {number} n */
const two = (n) => String(n).padStart(2, "0");

/** @param {number} ms @param {boolean} local */
function fields(ms, local) {
  const d = new Date(ms);
  return local
    ? { y: d.getFullYear(), mo: d.getMonth() + 1, d: d.getDate(), h: d.getHours(), mi: d.getMinutes(), s: d.getSeconds(), ms: d.getMilliseconds() }
    : { y: d.getUTCFullYear(), mo: d.getUTCMonth() + 1, d: d.getUTCDate(), h: d.getUTCHours(), mi: d.getUTCMinutes(), s: d.getUTCSeconds(), ms: d.getUTCMilliseconds() };
}

/** 20:21:34 @param {number|null|undefined} ms @param {boolean} [local] @param {boolean} [millis] */
export function time(ms, local = false, millis = false) {
  if (!ms) return "";
  const f = fields(ms, local);
  return `${two(f.h)}:${two(f.mi)}:${two(f.s)}${millis ? "." + String(f.ms).padStart(3, "0") : ""}`;
}

/** 2026-11-22 20:21:34 @param {number|null|undefined} ms @param {boolean} [local] @param {boolean} [millis] */
export function dateTime(ms, local = false, millis = false) {
  if (!ms) return "";
  const f = fields(ms, local);
  return `${f.y}-${two(f.mo)}-${two(f.d)} ${time(ms, local, millis)}`;
}

/** From here to there, the date told once where it can be. @param {number} from @param {number} to @param {boolean} [local] */
export function span(from, to, local = false) {
  const a = dateTime(from, local);
  const b = dateTime(to, local);
  return a.slice(0, 10) === b.slice(0, 10) ? `${a} – ${b.slice(11)}` : `${a} – ${b}`;
}

/** How long ago. @param {number} ms @param {number} now */
export function ago(ms, now) {
  const s = Math.max(0, Math.round((now - ms) / 1000));
  if (s < 60) return "just now";
  if (s < 3600) return `${Math.floor(s / 60)} min ago`;
  if (s < 86_400) return `${Math.floor(s / 3600)} h ago`;
  return plural(Math.floor(s / 86_400), "day") + " ago";
}

/** The part of an id that tells it from its neighbours: tasks that make actors all begin alike. @param {string} id */
export const shortId = (id) => (/^[0-9a-f]{12,}$/.test(id) ? id.replace(/^(ffffffff)+/, "").slice(0, 8) || id.slice(0, 8) : id);

/** PENDING_NODE_ASSIGNMENT as words. @param {string} state */
export const words = (state) => state.toLowerCase().replaceAll("_", " ");

/** "4 CPU, 1 GPU". @param {Record<string, number>} resources */
export function resources(resources) {
  return Object.entries(resources || {}).map(([name, amount]) => (/memory/.test(name) ? `${bytes(amount)} ${name}` : `${+(+amount).toFixed(4)} ${name}`)).join(", ");
}

/** Control characters as terminals write them, ^@ and ^[: nothing hides, and every font has them. @param {string} text */
// eslint-disable-next-line no-control-regex
export const visible = (text) => text.replace(/[\x00-\x08\x0b-\x1f\x7f]/g, (c) => "^" + String.fromCharCode(c.charCodeAt(0) ^ 64));
