// @ts-check
// The one door to lit-html. What may put text into a page as HTML is not behind it.
export { html, svg, nothing, render } from "../lib/lit-html/lit-html.js";
export { repeat } from "../lib/lit-html/directives/repeat.js";
export { keyed } from "../lib/lit-html/directives/keyed.js";
export { live } from "../lib/lit-html/directives/live.js";
export { ref } from "../lib/lit-html/directives/ref.js";
