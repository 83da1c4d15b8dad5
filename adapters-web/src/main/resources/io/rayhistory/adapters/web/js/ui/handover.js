// @ts-check
// Where a session goes from here: Ray's own web client and command line, a file to take along, a trace.
import { html, nothing } from "../html.js";
import { resource } from "../app.js";
import { get, H, sessionApi, withQuery } from "../api.js";
import { ROOT } from "../router.js";
import { copyLine } from "./copy.js";
import { downIcon, downloadIcon } from "./icons.js";

const HINT = "rayhistory serve --dashboard-dir \"$(python -c \"import ray, os; print(os.path.join(os.path.dirname(ray.__file__), 'dashboard/client/build'))\")\"";

/** Which of Ray's web clients fits. @param {any} data of the session */
function client(data) {
  const url = withQuery(H + "/dashboard", { ray: data.facts?.rayVersion || data.session.summary?.rayVersion });
  return resource("dashboard", url, (signal) => get(url, signal)).data;
}

/** @param {any} c */
export function handover(c) {
  const data = c.session.data;
  const at = `${ROOT}s/${data.session.path}/`;
  const found = client(data);
  const line = `ray list tasks --address ${location.origin}${at.slice(0, -1)}`;
  return html`${found?.available ? html`<a class="button" href=${at} title=${note(found, data)}>Open in Ray Dashboard${found.exact === false ? html` <span class="dim small">${found.version}</span>` : nothing}</a>` : nothing}
    <details class="menu" @keydown=${escape} @focusout=${leave}><summary class="button"><span>${found && !found.available ? "Ray Dashboard" : "More"}</span>${downIcon()}</summary><div>
      <h3>Ray's own web client</h3>
      ${!found ? html`<p class="dim">…</p>` : found.available ? html`<p><a href=${at}>Open this session in Ray Dashboard</a></p><p class="dim small">${note(found, data)}</p>`
        : html`<p class="dim">It comes with Ray. Start this server with the folder of the one you have, and it opens here:</p>${copyLine(HINT, "the command with Ray's web client")}`}
      <h3>Ray's command line</h3>${copyLine(line, "the line for Ray's command line")}
      <h3>Take it along</h3>
      <p><a download href="${sessionApi(c.path)}/archive">${downloadIcon()} This session as .tar.gz</a></p><p class="dim small"><code>rayhistory open FILE</code> shows it anywhere.</p>
      <p><a download href="${sessionApi(c.path)}/timeline/trace">${downloadIcon()} Timeline as Chrome trace</a></p><p class="dim small">For Perfetto or chrome://tracing.</p>
      <h3>For scripts</h3><p><a href="${H}/openapi.json">The API behind these pages</a></p></div></details>`;
}

/** @param {any} found @param {any} data */
function note(found, data) {
  const ray = data.facts?.rayVersion;
  if (!found.version) return "The web client that this server was given.";
  return found.exact ? `The web client of Ray ${found.version}, as this session's.` : `The web client of Ray ${found.version}, the nearest to this session's ${ray || "unknown version"}.`;
}

/** @param {KeyboardEvent} event */
function escape(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
  event.stopPropagation();
}

/** @param {FocusEvent} event */
function leave(event) {
  const menu = /** @type {HTMLDetailsElement} */ (event.currentTarget);
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
}
