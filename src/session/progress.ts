/** Bytes of everything that a session loads, added up. */
export class Progress {
  readonly #parts = new Map<string, { loaded: number; total: number }>();
  #ratio = 0;

  /**
   * Announces a part before its size is known. `estimate`: bytes, only so that the bar does not reach its end when the small
   * parts are there and the large ones have not yet answered.
   */
  expect(part: string, estimate: number): void {
    if (!this.#parts.has(part)) this.#parts.set(part, { loaded: 0, total: estimate });
  }

  /** Bytes of one part so far; a `total` of 0 (unknown length) keeps the estimate. */
  report(part: string, loaded: number, total: number): void {
    const known = total > 0 ? total : Math.max(loaded, this.#parts.get(part)?.total ?? 0);
    this.#parts.set(part, { loaded: Math.min(loaded, known), total: known });
  }

  get loaded(): number {
    let sum = 0;
    for (const part of this.#parts.values()) sum += part.loaded;
    return sum;
  }

  get total(): number {
    let sum = 0;
    for (const part of this.#parts.values()) sum += part.total;
    return sum;
  }

  /** 0..1, never running back. */
  get ratio(): number {
    const { total } = this;
    this.#ratio = Math.max(this.#ratio, total > 0 ? this.loaded / total : 0);
    return this.#ratio;
  }

  /** A new start: the bar begins at the left again. */
  reset(): void {
    this.#parts.clear();
    this.#ratio = 0;
  }
}
