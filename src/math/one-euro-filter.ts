/** Settings of a `OneEuroFilter`. A scaled value is a value times the `valueScale` of `apply`. */
export interface OneEuroOptions {
  /** Cutoff frequency for a value at rest, Hz: a lower one removes more noise and adds lag. */
  minCutoff: number;
  /** Rise of the cutoff per unit of speed, Hz / (scaled value / s): a higher one lowers the lag of fast movement. */
  beta: number;
  /** Cutoff frequency of the low-pass on the speed, Hz. */
  derivativeCutoff: number;
  /**
   * Rate at which the square root of the speed that sets the cutoff falls at most, √(scaled value / s) / s: a speed v
   * is let go within √v / release seconds. Infinite by default, as published. Where a movement turns back, its
   * low-pass filtered speed passes through zero; if the cutoff follows at once, the result stands still while the
   * value moves on.
   */
  release?: number;
}

/** Assumed interval before the first values, seconds: 30 frames a second, as in MediaPipe. */
const INITIAL_INTERVAL_SECONDS = 1 / 30;

/** Computes the weight, 0..1, of a new value in a first-order low-pass that is updated once in each interval. */
function smoothingFactor(intervalSeconds: number, cutoffHz: number): number {
  return 1 / (1 + 1 / (2 * Math.PI * cutoffHz * intervalSeconds));
}

/**
 * The One Euro filter (Casiez, Roussel, Vogel, CHI 2012) for `size` independent values. It is a low-pass whose cutoff
 * rises with speed: a value at rest has little noise, and a moving value has little lag. It computes the speed from raw
 * values; without `release` it gives the same results as MediaPipe's filter.
 */
export class OneEuroFilter {
  readonly #options: OneEuroOptions;
  /** The latest raw values, the latest results, and the low-pass filtered speeds (scaled value / s). */
  readonly #raw: Float64Array;
  readonly #smooth: Float64Array;
  readonly #speed: Float64Array;
  /** The speeds, without sign, that set the cutoffs (scaled value / s). */
  readonly #heldSpeed: Float64Array;
  #timeMs = Number.NaN;
  #intervalSeconds = INITIAL_INTERVAL_SECONDS;

  /** `size` is the number of values that `apply` filters in each call. */
  constructor(size: number, options: OneEuroOptions) {
    this.#options = options;
    this.#raw = new Float64Array(size);
    this.#smooth = new Float64Array(size);
    this.#speed = new Float64Array(size);
    this.#heldSpeed = new Float64Array(size);
  }

  /**
   * Replaces `values` by their filtered values. The first values after the constructor or `reset` stay unchanged, and
   * so do values whose time is not after the time of the call before: the filter then ignores them.
   *
   * @param values the first `size` of them are filtered; any unit, the same in each call.
   * @param timeMs time of the values, milliseconds, on any clock.
   * @param valueScale factor on the speeds, 1 / (size of the tracked object in the values' unit), so that near and far
   * objects are smoothed alike.
   */
  apply(values: Float32Array | Float64Array, timeMs: number, valueScale = 1): void {
    const isFirst = Number.isNaN(this.#timeMs);
    if (!isFirst && timeMs <= this.#timeMs) return;
    if (!isFirst) this.#intervalSeconds = (timeMs - this.#timeMs) / 1000;
    this.#timeMs = timeMs;
    const { minCutoff, beta, derivativeCutoff, release = Infinity } = this.#options;
    const fall = release * this.#intervalSeconds;
    const speedFactor = smoothingFactor(this.#intervalSeconds, derivativeCutoff);
    for (let i = 0; i < this.#raw.length; i++) {
      const value = values[i];
      if (isFirst) {
        this.#smooth[i] = value;
        this.#speed[i] = 0;
        this.#heldSpeed[i] = 0;
      } else {
        const speed = ((value - this.#raw[i]) * valueScale) / this.#intervalSeconds;
        this.#speed[i] += speedFactor * (speed - this.#speed[i]);
        const released = Math.max(0, Math.sqrt(this.#heldSpeed[i]) - fall) ** 2;
        this.#heldSpeed[i] = Math.max(Math.abs(this.#speed[i]), released);
        const factor = smoothingFactor(this.#intervalSeconds, minCutoff + beta * this.#heldSpeed[i]);
        this.#smooth[i] += factor * (value - this.#smooth[i]);
      }
      this.#raw[i] = value;
      values[i] = this.#smooth[i];
    }
  }

  /** Forgets all past values: the next values pass unchanged. */
  reset(): void {
    this.#timeMs = Number.NaN;
    this.#intervalSeconds = INITIAL_INTERVAL_SECONDS;
  }
}
