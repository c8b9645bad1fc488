export interface OneEuroOptions {
  /** Cutoff frequency of a value at rest, Hz: lower is calmer and slower. */
  minCutoff: number;
  /** How much the cutoff rises with speed: higher follows fast movement sooner. */
  beta: number;
  /** Cutoff frequency of the speed itself, Hz. */
  derivativeCutoff: number;
}

/** Seconds between the first two values when their times do not tell: 30 frames a second, as in MediaPipe. */
const INITIAL_INTERVAL_SECONDS = 1 / 30;

/** Weight of a new value in a first-order low-pass of `cutoff` Hz at the given interval. */
function smoothingFactor(intervalSeconds: number, cutoff: number): number {
  return 1 / (1 + 1 / (2 * Math.PI * cutoff * intervalSeconds));
}

/**
 * The One Euro filter (Casiez, Roussel, Vogel, CHI 2012) over `size` independent values: a low-pass whose cutoff rises
 * with speed, so that a value at rest is calm and a moving one has little lag. The speed comes from the raw values, as in
 * MediaPipe, whose results this reproduces.
 */
export class OneEuroFilter {
  readonly #options: OneEuroOptions;
  readonly #raw: Float64Array;
  readonly #smooth: Float64Array;
  readonly #speed: Float64Array;
  #timeMs = Number.NaN;
  #intervalSeconds = INITIAL_INTERVAL_SECONDS;

  constructor(size: number, options: OneEuroOptions) {
    this.#options = options;
    this.#raw = new Float64Array(size);
    this.#smooth = new Float64Array(size);
    this.#speed = new Float64Array(size);
  }

  /**
   * Filters `values` in place. `valueScale` makes speeds comparable between near and far objects (1 / object size).
   * A time that does not advance leaves the values as they are.
   */
  apply(values: Float32Array | Float64Array, timeMs: number, valueScale = 1): void {
    const first = Number.isNaN(this.#timeMs);
    if (!first && timeMs <= this.#timeMs) return;
    if (!first) this.#intervalSeconds = (timeMs - this.#timeMs) / 1000;
    this.#timeMs = timeMs;
    const { minCutoff, beta, derivativeCutoff } = this.#options;
    const interval = this.#intervalSeconds;
    const speedFactor = smoothingFactor(interval, derivativeCutoff);
    for (let i = 0; i < this.#raw.length; i++) {
      const value = values[i];
      if (first) {
        this.#smooth[i] = value;
        this.#speed[i] = 0;
      } else {
        const speed = ((value - this.#raw[i]) * valueScale) / interval;
        this.#speed[i] += speedFactor * (speed - this.#speed[i]);
        const factor = smoothingFactor(interval, minCutoff + beta * Math.abs(this.#speed[i]));
        this.#smooth[i] += factor * (value - this.#smooth[i]);
      }
      this.#raw[i] = value;
      values[i] = this.#smooth[i];
    }
  }

  /** Forgets everything: the next values pass unchanged. */
  reset(): void {
    this.#timeMs = Number.NaN;
    this.#intervalSeconds = INITIAL_INTERVAL_SECONDS;
  }
}
