// @ts-check
// Drawn, because not every font has them.
import { svg } from "../html.js";

/** @param {any} body */
const icon = (body) => svg`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">${body}</svg>`;

export const copyIcon = () => icon(svg`<rect x="5.5" y="5.5" width="8" height="8" rx="1.5"/><path d="M3.5 10.5h-.2c-.7 0-1.3-.6-1.3-1.3V3.8c0-1 .8-1.8 1.8-1.8h5.4c.7 0 1.3.6 1.3 1.3v.2"/>`);
export const closeIcon = () => icon(svg`<path d="M4 4l8 8M12 4l-8 8"/>`);
export const linkIcon = () => icon(svg`<path d="M6.5 9.5l3-3M7 4.5l1.2-1.2a2.6 2.6 0 0 1 3.7 3.7L10.700 8.200M9 11.500l-1.200 1.200a2.600 2.600 0 0 1-3.700-3.700L5.300 7.800"/>`);
export const downIcon = () => icon(svg`<path d="M4 6.500l4 4 4-4"/>`);
export const downloadIcon = () => icon(svg`<path d="M8 2.500v7.500M5 7l3 3 3-3M3 13.500h10"/>`);
export const sunIcon = () => icon(svg`<circle cx="8" cy="8" r="3"/><path d="M8 1.500v1M8 13.500v1M1.500 8h1M13.500 8h1M3.400 3.400l.7.7M11.900 11.900l.7.7M12.600 3.400l-.7.7M4.100 11.900l-.7.7"/>`);
export const moonIcon = () => icon(svg`<path d="M13.500 9.700A5.700 5.700 0 0 1 6.300 2.500a5.700 5.700 0 1 0 7.200 7.200z"/>`);
export const autoIcon = () => icon(svg`<circle cx="8" cy="8" r="5.500"/><path d="M8 2.500v11a5.500 5.500 0 0 0 0-11z" fill="currentColor"/>`);
export const keysIcon = () => icon(svg`<rect x="1.500" y="4" width="13" height="8.500" rx="1.500"/><path d="M4.200 6.700h.1M6.700 6.700h.1M9.200 6.700h.1M11.700 6.700h.1M5 9.800h6"/>`);
export const clockIcon = () => icon(svg`<circle cx="8" cy="8" r="5.800"/><path d="M8 4.800V8l2.200 1.400"/>`);
export const mark = () => svg`<svg viewBox="0 0 32 32" fill="none" stroke="currentColor" stroke-width="2.800" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="M6.500 11.200A10.500 10.500 0 1 1 5.500 16"/><path d="M5.500 5v6.500H12"/><path d="M16 9.800v6.600l4.400 2.700"/></svg>`;
