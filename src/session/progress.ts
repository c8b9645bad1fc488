/**
 * Rough sizes of the large parts. Each counts until its part reports its true size. Without them the progress bar would
 * reach its end with the small parts, before the large ones have answered.
 */
const EXPECTED_BYTES = [
  ['tracker', 15e6],
  ['mannequin', 1e6],
] as const;

/** Before this time, seconds, the mean speed tells little about the time that is left. */
const TELLING_SECONDS = 2;

/** What is loaded in one start. */
export interface LoadedBytes {
  /** Bytes loaded so far, of all parts. */
  readonly loaded: number;
  /** Bytes to load, of all parts. */
  readonly total: number;
  /** Time until all bytes are loaded at the mean speed so far, seconds; null where too little is known to tell. */
  readonly secondsLeft: number | null;
}

/** Before the first start. */
export const NOTHING_LOADED: LoadedBytes = Object.freeze({ loaded: 0, total: 0, secondsLeft: null });

/**
 * Sums up the bytes that one start of a session (from the call to the first frame) loads, part by part. A part is named
 * `tracker`, `mannequin`, or by a garment's URL. All sizes are in bytes.
 */
export class Progress implements LoadedBytes {
  readonly #parts = new Map<string, { loaded: number; total: number }>();
  #ratio = 0;
  #beganMs = 0;

  /** Sets the bytes of one part loaded so far, and its size. A `total` of 0 (unknown length) keeps the estimate. */
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

  /** Share of the bytes that is loaded, 0..1; never decreases within a start. */
  get ratio(): number {
    const { total } = this;
    this.#ratio = Math.max(this.#ratio, total > 0 ? this.loaded / total : 0);
    return this.#ratio;
  }

  get secondsLeft(): number | null {
    const { loaded, total } = this;
    const seconds = (performance.now() - this.#beganMs) / 1000;
    return seconds > TELLING_SECONDS && loaded > 0 ? ((total - loaded) * seconds) / loaded : null;
  }

  /** Begins a new start: forgets the parts and sets the ratio to 0. */
  begin(): void {
    this.#parts.clear();
    this.#ratio = 0;
    this.#beganMs = performance.now();
    for (const [part, bytes] of EXPECTED_BYTES) this.#parts.set(part, { loaded: 0, total: bytes });
  }
}
