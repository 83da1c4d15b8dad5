// @ts-check
// Round times for the ruler. Pure.
import { time } from "../format.js";

const STEPS_MS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1.5e4, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 108e5, 216e5, 432e5, 864e5];

/** @param {number} perPxMs @param {number} [apart] pixels between two marks at least */
export const stepOf = (perPxMs, apart = 110) => STEPS_MS.find((step) => step / perPxMs >= apart) || STEPS_MS[STEPS_MS.length - 1] * Math.ceil(apart * perPxMs / 864e5);

/** @param {number} fromMs @param {number} toMs @param {number} step @param {boolean} local @returns {{ms: number, text: string}[]} */
export function ticks(fromMs, toMs, step, local) {
  const found = [];
  const shift = local ? new Date(fromMs).getTimezoneOffset() * 60_000 : 0;
  for (let ms = Math.ceil((fromMs - shift) / step) * step + shift; ms < toMs; ms += step) found.push({ ms, text: time(ms, local, step < 1000) });
  return found;
}
