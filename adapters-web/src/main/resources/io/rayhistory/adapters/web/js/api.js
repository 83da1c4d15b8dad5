// @ts-check
// Asking the server: JSON or bytes, errors with words, loads that take their time.
import { ROOT } from "./router.js";

export const H = ROOT + "history/v1";
const AGAIN_MS = 400;

export class ApiError extends Error {
  /** @param {number} status @param {string} kind @param {string} message */
  constructor(status, kind, message) {
    super(message);
    this.status = status;
    this.kind = kind;
  }
}

/** @param {string} path of the session, percent-encoded */
export const sessionApi = (path) => H + "/sessions/" + path;

/** @param {string} url @param {Record<string, any>} [query] */
export function withQuery(url, query = {}) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  const text = parameters.toString();
  return text ? url + "?" + text : url;
}

/** @param {string} url @param {RequestInit} [options] @returns {Promise<Response>} */
export async function ask(url, options) {
  let answer;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...options });
  } catch (e) {
    if (e instanceof DOMException && e.name === "AbortError") throw e;
    throw new ApiError(0, "offline", "The history server does not answer. Is it still running?");
  }
  if (answer.ok || answer.status === 416) return answer;
  if (answer.status === 401) logIn();
  throw await failure(answer);
}

/** Leads to the page that takes a token, and from there back to this one. */
function logIn() {
  const root = new URL(ROOT, document.baseURI);
  const here = location.href.startsWith(root.href) ? location.href.slice(root.href.length) : "sessions";
  location.assign(new URL("login", root).href + "?next=" + encodeURIComponent(here));
}

/** @param {Response} answer */
async function failure(answer) {
  const text = await answer.text();
  try {
    return problem(JSON.parse(text));
  } catch {
    return new ApiError(answer.status, answer.status === 404 ? "missing" : "internal", text.slice(0, 500) || answer.statusText);
  }
}

/** @param {any} body an RFC 9457 problem */
export const problem = (body) => new ApiError(body.status || 500, body.kind || "internal", body.detail || body.title || "unknown error");

/** @param {string} url @param {AbortSignal} [signal] */
export const get = async (url, signal) => (await ask(url, { signal })).json();

/** @param {number} ms @param {AbortSignal} signal */
const sleep = (ms, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => { clearTimeout(timer); reject(new DOMException("", "AbortError")); }, { once: true });
});

/**
 * An answer that needs the session loaded: asks again while it is being read.
 * @param {string} url @param {AbortSignal} signal @param {(answer: Response) => Promise<any>} [read]
 */
export async function getLoaded(url, signal, read = (answer) => answer.json()) {
  for (;;) {
    const answer = await ask(url + (url.includes("?") ? "&" : "?") + "wait=0", { signal });
    if (answer.status !== 202) return read(answer);
    await sleep(AGAIN_MS, signal);
  }
}

/**
 * The facts of a session, told again and again while it loads. @param {string} path @param {AbortSignal} signal @param {(data: any) => void} publish
 */
export async function getSession(path, signal, publish) {
  for (;;) {
    const session = await get(sessionApi(path), signal);
    if (session.load.state !== "loading") return session;
    publish(session);
    await sleep(AGAIN_MS, signal);
  }
}
