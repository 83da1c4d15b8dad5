// @ts-check
// How much ran and what failed in each step of the whole record. Pure.

/**
 * @param {import("./model.js").Model} m @param {number} until in units: where the last step ends @param {number} steps
 * @returns {{running: Float64Array, failed: Uint32Array}} spans that ran on average, and failures that ended there
 */
export function activity(m, until, steps) {
  const wide = until / steps;
  const step = (/** @type {number} */ time) => Math.min(steps - 1, Math.floor(time / wide));
  const running = new Float64Array(steps);
  const whole = new Int32Array(steps + 1); // by how much the number of spans that fill a step changes
  for (let i = 0; i < m.n; i++) {
    const from = m.start[i];
    const to = from + m.duration[i];
    const first = step(from);
    const last = step(to);
    if (first === last) running[first] += (to - from) / wide;
    else {
      running[first] += first + 1 - from / wide;
      running[last] += to / wide - last;
      whole[first + 1]++;
      whole[last]--;
    }
  }
  for (let i = 0, now = 0; i < steps; i++) running[i] += now += whole[i];
  const failed = new Uint32Array(steps);
  for (const i of m.failed) failed[step(m.start[i] + m.duration[i])]++;
  return { running, failed };
}
