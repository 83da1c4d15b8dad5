// @ts-check
// Mouse, fingers and keys on the timeline.

/**
 * @param {import("./view.js").View} view
 * @param {{hover(index: number, x: number, y: number): void, pick(found: {row: any, index: number}): void}} acts
 */
export function listen(view, acts) {
  const { box } = view;
  const { signal } = view.ends;
  /** @type {Map<number, PointerEvent>} */
  const fingers = new Map();
  let travelled = 0;
  const place = (/** @type {MouseEvent} */ event) => { const r = view.canvas.getBoundingClientRect(); return { x: event.clientX - r.left, y: event.clientY - r.top }; };

  box.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) view.zoom(Math.exp(Math.sign(event.deltaY) * Math.min(0.5, Math.abs(event.deltaY) / 300)), place(event).x);
    else if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) view.pan(event.deltaX || event.deltaY);
    else return;
    event.preventDefault();
  }, { signal, passive: false });

  view.canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    fingers.set(event.pointerId, event);
    travelled = 0;
    view.canvas.setPointerCapture(event.pointerId);
  }, { signal });

  view.canvas.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    const { x, y } = place(event);
    if (!before) {
      const { index } = view.at(x, y);
      acts.hover(index, event.clientX, event.clientY);
      view.canvas.style.cursor = index >= 0 ? "pointer" : "default";
      return;
    }
    if (fingers.size === 2) pinch(before, event);
    else {
      view.pan(before.clientX - event.clientX);
      if (event.pointerType === "mouse") box.scrollTop += before.clientY - event.clientY;
    }
    travelled += Math.abs(before.clientX - event.clientX) + Math.abs(before.clientY - event.clientY);
    fingers.set(event.pointerId, event);
    acts.hover(-1, 0, 0);
  }, { signal });

  /** @param {PointerEvent} before @param {PointerEvent} now */
  function pinch(before, now) {
    const other = [...fingers.values()].find((f) => f.pointerId !== now.pointerId);
    if (!other) return;
    const was = Math.max(20, Math.abs(before.clientX - other.clientX));
    const is = Math.max(20, Math.abs(now.clientX - other.clientX));
    view.zoom(was / is, place(now).x / 2 + place(other).x / 2);
  }

  const lift = (/** @type {PointerEvent} */ event) => {
    const held = fingers.delete(event.pointerId);
    if (held && event.type === "pointerup" && travelled < 5) { const { x, y } = place(event); acts.pick(view.at(x, y)); }
  };
  view.canvas.addEventListener("pointerup", lift, { signal });
  view.canvas.addEventListener("pointercancel", lift, { signal });
  view.canvas.addEventListener("pointerleave", () => acts.hover(-1, 0, 0), { signal });
  view.canvas.addEventListener("dblclick", (event) => view.zoom(0.4, place(event).x), { signal });
}

/** @param {import("./view.js").View} view @param {{step(by: number): void, failure(by: number): void}} acts @returns {Record<string, (event: KeyboardEvent) => void>} */
export const keys = (view, acts) => ({
  w: () => view.zoom(0.7), "+": () => view.zoom(0.7), "=": () => view.zoom(0.7), s: () => view.zoom(1 / 0.7), "-": () => view.zoom(1 / 0.7),
  a: () => view.pan(-view.plot / 6), d: () => view.pan(view.plot / 6), 0: () => view.fit(), f: () => view.reveal(view.selected, true),
  e: () => acts.failure(1), E: () => acts.failure(-1), ArrowLeft: () => acts.step(-1), ArrowRight: () => acts.step(1),
});
