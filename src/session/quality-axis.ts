/**
 * How long the next better level must have been affordable before the first step up. Short, so that quality rises soon
 * after the start.
 */
const FIRST_WAIT_MS = 3000;
/** The same after a step down: the load that slowed the device down takes a while to pass. */
const WAIT_AFTER_STEP_DOWN_MS = 10_000;
/** Longest wait, however often steps up are taken back. */
const MAX_WAIT_MS = 320_000;
/** A step up that lasts this long counts as successful; a later step down does not double the wait. */
const SUCCESS_MS = 60_000;

/**
 * One quality setting with several levels, the best first, and the hysteresis of its changes: the next better level
 * must be affordable for a while before it is due. Each step up that is taken back soon doubles this wait (exponential
 * backoff), so that a device at the limit does not change to and fro. Times are the frames' own, milliseconds.
 */
export class QualityAxis<T> {
  readonly #values: readonly T[];
  readonly #costs: readonly number[];
  #level: number;
  #waitMs = FIRST_WAIT_MS;
  /** Time of the last step up. */
  #steppedUpAtMs = -Infinity;
  /** Since when the next better level is affordable; Infinity while it is not. */
  #affordableSinceMs = Infinity;

  /**
   * `values`: the setting at each level, the best first. `costs`: cost of a frame at each of these levels, in any unit.
   * `level`: index of the level to begin with.
   */
  constructor(values: readonly T[], costs: readonly number[], level = 0) {
    this.#values = values;
    this.#costs = costs;
    this.#level = level;
  }

  /** The setting at the present level. */
  get value(): T {
    return this.#values[this.#level];
  }

  /** Cost of the next better level relative to the present one; Infinity at the best level. */
  get stepCost(): number {
    return this.#level > 0 ? this.#costs[this.#level - 1] / this.#costs[this.#level] : Infinity;
  }

  /**
   * Tells the axis whether the next better level is affordable at `timeMs`. Returns whether it has been for long enough
   * to step up. Call it for every decision.
   */
  isDue(isAffordable: boolean, timeMs: number): boolean {
    if (!isAffordable) this.#affordableSinceMs = Infinity;
    else if (this.#affordableSinceMs === Infinity) this.#affordableSinceMs = timeMs;
    return timeMs - this.#affordableSinceMs >= this.#waitMs;
  }

  /** Begins the wait for the next better level anew, because another setting was changed. */
  restart(): void {
    this.#affordableSinceMs = Infinity;
  }

  /** Steps up; returns false at the best level. */
  stepUp(timeMs: number): boolean {
    if (this.#level === 0) return false;
    this.#level--;
    this.#steppedUpAtMs = timeMs;
    return true;
  }

  /** Steps down to the next cheaper level; returns false at the cheapest. */
  stepDown(timeMs: number): boolean {
    if (this.#level === this.#values.length - 1) return false;
    this.#level++;
    const isTakenBack = timeMs - this.#steppedUpAtMs < SUCCESS_MS;
    this.#waitMs = isTakenBack
      ? Math.min(Math.max(2 * this.#waitMs, WAIT_AFTER_STEP_DOWN_MS), MAX_WAIT_MS)
      : WAIT_AFTER_STEP_DOWN_MS;
    return true;
  }
}
