/** Room for so long before the first step up: a start is quick to become as good as it can. */
const FIRST_WAIT_MS = 3000;
/** Room for so long before a step up after one down: what has slowed the device down takes a while to pass. */
const BACK_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 320_000;
/** A step up that has held for so long was no mistake: what comes after that is news. */
const HELD_MS = 60_000;

/**
 * One thing that can be had better or cheaper: its levels, the best first, and when the next better one may be tried. Each
 * step up that had to be taken back doubles the wait for the next, so that a device at the edge does not swing for ever.
 */
export class QualityAxis<T> {
  readonly #values: readonly T[];
  readonly #costs: readonly number[];
  #level: number;
  #waitMs = FIRST_WAIT_MS;
  #climbedAtMs = -Infinity;
  #roomSinceMs = Infinity;

  /** `costs`: what a frame costs at each level, in any unit. */
  constructor(values: readonly T[], costs: readonly number[], level = 0) {
    this.#values = values;
    this.#costs = costs;
    this.#level = level;
  }

  get value(): T {
    return this.#values[this.#level];
  }

  /** How many times as much the next better level costs; infinitely much at the best. */
  get stepCost(): number {
    return this.#level > 0 ? this.#costs[this.#level - 1] / this.#costs[this.#level] : Infinity;
  }

  /** To be told for each look whether there is room for the next better level; answers whether there has been for long enough. */
  isDue(hasRoom: boolean, timeMs: number): boolean {
    if (!hasRoom) this.#roomSinceMs = Infinity;
    else if (this.#roomSinceMs === Infinity) this.#roomSinceMs = timeMs;
    return timeMs - this.#roomSinceMs >= this.#waitMs;
  }

  /** The room begins anew: something else was changed. */
  restart(): void {
    this.#roomSinceMs = Infinity;
  }

  climb(timeMs: number): boolean {
    if (this.#level === 0) return false;
    this.#level--;
    this.#climbedAtMs = timeMs;
    return true;
  }

  /** Answers whether there was a cheaper level to go to. */
  lighten(timeMs: number): boolean {
    if (this.#level === this.#values.length - 1) return false;
    this.#level++;
    const isTakenBack = timeMs - this.#climbedAtMs < HELD_MS;
    this.#waitMs = isTakenBack ? Math.min(Math.max(2 * this.#waitMs, BACK_WAIT_MS), LONGEST_WAIT_MS) : BACK_WAIT_MS;
    return true;
  }
}
