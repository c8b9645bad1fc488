import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';

/** Longest that a loop holds the page's thread, milliseconds: half a frame at 60 Hz. */
const SLICE_MS = 8;
/** Calls of `isOver` between looks at the clock. One round of the slowest loop takes up to 0.1 ms. */
const CALLS_PER_LOOK = 64;

/**
 * Splits a long loop into slices of time, between which the page draws frames and handles input.
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

  /** Whether the loop has held the thread for long enough. Cheap: call it once a round. */
  isOver(): boolean {
    return ++this.#calls % CALLS_PER_LOOK === 0 && performance.now() > this.#endMs;
  }

  /** Lets the page run, then begins the next slice. */
  async next(): Promise<void> {
    await yieldToEventLoop();
    this.#endMs = performance.now() + SLICE_MS;
  }
}
