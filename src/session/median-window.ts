/** Running median of the last `size` values. Allocates only when it is constructed. */
export class MedianWindow {
  readonly #values: Float64Array;
  readonly #sorted: Float64Array;
  #count = 0;

  constructor(size: number) {
    this.#values = new Float64Array(size);
    this.#sorted = new Float64Array(size);
  }

  /** Number of values in the window, at most its size. */
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
    // Unused places sort behind the values.
    this.#sorted.fill(Infinity, count);
    this.#sorted.sort();
    const middle = count >> 1;
    return count % 2 === 1 ? this.#sorted[middle] : (this.#sorted[middle - 1] + this.#sorted[middle]) / 2;
  }
}
