const SPREAD = 0x9e3779b1;

/** Numbers sets of two or three vertices, the sides or the corners of triangles, in the order in which they first appear. */
export class NumberedSets {
  /** A hash table: by slot 1 more than the number of a set, 0 where the slot is free. */
  readonly #slots: Int32Array;
  readonly #shift: number;
  /** By set: its vertices, sorted. Of a pair the first is −1. */
  readonly #sets: Int32Array;
  #count = 0;

  /** @param capacity most sets. */
  constructor(capacity: number) {
    // At most half of the slots are in use.
    const bits = Math.max(4, 33 - Math.clz32(capacity));
    this.#shift = 32 - bits;
    this.#slots = new Int32Array(2 ** bits);
    this.#sets = new Int32Array(3 * capacity);
  }

  /** Number of sets so far. */
  get count(): number {
    return this.#count;
  }

  /** Returns the number of the set of these vertices, in any order; a new set gets the next number, from 0. */
  numberOf(a: number, b: number, c = -1): number {
    const low = Math.min(a, b, c);
    const high = Math.max(a, b, c);
    const middle = a + b + c - low - high;
    const sets = this.#sets;
    const mask = this.#slots.length - 1;
    const hash = Math.imul(Math.imul(low, SPREAD) + middle, SPREAD) + high;
    let slot = Math.imul(hash ^ (hash >>> 15), SPREAD) >>> this.#shift;
    for (; this.#slots[slot] > 0; slot = (slot + 1) & mask) {
      const o = 3 * (this.#slots[slot] - 1);
      if (sets[o] === low && sets[o + 1] === middle && sets[o + 2] === high) return this.#slots[slot] - 1;
    }
    const o = 3 * this.#count;
    sets[o] = low;
    sets[o + 1] = middle;
    sets[o + 2] = high;
    this.#slots[slot] = ++this.#count;
    return this.#count - 1;
  }
}
