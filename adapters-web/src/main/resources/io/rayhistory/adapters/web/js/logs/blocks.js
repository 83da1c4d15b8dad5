// @ts-check
// The lines of a file by their numbers, fetched in blocks; of blocks that are far away only so many are kept. No DOM.

export const BLOCK = 500;
const MOST_CHARS = 4_000_000;

export class Blocks {
  /**
   * @param {(from: number, count: number, signal: AbortSignal) => Promise<any>} fetch answers of log-lines
   * @param {() => void} changed @param {(error: any) => void} broken
   */
  constructor(fetch, changed, broken) {
    this.fetch = fetch;
    this.changed = changed;
    this.broken = broken;
    /** @type {Map<number, {lines: any[]|null, chars: number}>} */
    this.blocks = new Map();
    this.total = 0;
    this.size = 0;
    this.failed = false;
    this.ends = new AbortController();
  }

  /** Takes these lines for all there are. @param {any[]} lines */
  fix(lines) {
    for (let n = 0; n < lines.length; n += BLOCK) this.blocks.set(n / BLOCK, { lines: lines.slice(n, n + BLOCK), chars: 0 });
  }

  close() {
    this.ends.abort();
  }

  /** The line of a number, null while it is not there; asks for it then. @param {number} n */
  line(n) {
    const b = Math.floor(n / BLOCK);
    const known = this.blocks.get(b);
    if (!known) this.#ask(b);
    return known?.lines?.[n - b * BLOCK] ?? null;
  }

  /** @param {number} b */
  async #ask(b) {
    if (this.failed) return;
    const block = { lines: /** @type {any[]|null} */ (null), chars: 0 };
    this.blocks.set(b, block);
    try {
      const answer = await this.fetch(b * BLOCK, BLOCK, this.ends.signal);
      block.lines = answer.lines;
      block.chars = answer.lines.reduce((/** @type {number} */ sum, /** @type {any} */ line) => sum + line.text.length + 50, 0);
      this.total = answer.totalLines;
      this.size = answer.size;
      this.#drop(b);
      this.changed();
    } catch (error) {
      this.blocks.delete(b);
      if (!(error instanceof DOMException)) { this.failed = true; this.broken(error); }
    }
  }

  /** Lets go what is farthest from where somebody reads. @param {number} near */
  #drop(near) {
    let chars = [...this.blocks.values()].reduce((sum, block) => sum + block.chars, 0);
    const far = [...this.blocks.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
    for (const b of far) {
      if (chars <= MOST_CHARS || Math.abs(b - near) <= 1) return;
      chars -= this.blocks.get(b)?.chars || 0;
      this.blocks.delete(b);
    }
  }
}
