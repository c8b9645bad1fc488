/** The last values of one quantity, and their median; allocates nothing but itself. */
export class MedianWindow {
  readonly #values: Float64Array;
  readonly #sorted: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
    this.#sorted = new Float64Array(size);
  }

  /** Values in the window. */
  get count(): number {
    return Math.min(this.#count, this.#values.length);
  }

  add(value: number): void {
    this.#values[this.#count++ % this.#values.length] = value;
  }

  clear(): void {
    this.#count = 0;
  }

  /** 0 while the window is empty. */
  get median(): number {
    const { count } = this;
    if (count === 0) return 0;
    this.#sorted.set(this.#values);
    // Behind the others, whatever was there before.
    this.#sorted.fill(Infinity, count);
    this.#sorted.sort();
    const middle = count >> 1;
    return count % 2 === 1 ? this.#sorted[middle] : (this.#sorted[middle - 1] + this.#sorted[middle]) / 2;
  }
}
