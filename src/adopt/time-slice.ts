import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';

/** Longest time that a loop blocks the page's thread, milliseconds: half a frame at 60 Hz. */
const SLICE_MS = 8;
/** `isOver` reads the clock at every 64th call, because that costs time. A round of the slowest loop takes ≤ 0.1 ms. */
const CALLS_PER_LOOK = 64;

/**
 * Splits a long loop into slices of 8 ms, between which the page draws frames and handles input. The first slice begins
 * when the object is created.
 *
 * @example
 * const slice = new TimeSlice();
 * for (const vertex of vertices) {
 *   if (slice.isOver()) await slice.next();
 *   bind(vertex);
 * }
 */
export class TimeSlice {
  #endMs = performance.now() + SLICE_MS;
  #calls = 0;

  /** Whether the slice has taken its 8 ms; true up to 63 calls late. Cheap: call it once a round. */
  isOver(): boolean {
    return ++this.#calls % CALLS_PER_LOOK === 0 && performance.now() > this.#endMs;
  }

  /** Resolves after the page's pending events have been handled, and begins the next slice. */
  async next(): Promise<void> {
    await yieldToEventLoop();
    this.#endMs = performance.now() + SLICE_MS;
  }
}
