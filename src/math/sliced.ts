import { EventLoopTurns } from './yield-to-event-loop.ts';

/**
 * A long computation whose `yield`s are the places where it may be interrupted, at most a millisecond of work apart. It
 * returns its result.
 */
export type Sliced<T> = Generator<void, T, void>;

/** Longest time for which `runInSlices` blocks the page's thread, milliseconds: half a frame at 60 Hz. */
const SLICE_MS = 8;

/** Calls between two places of interruption of `forEachIndex`: each takes less than 10 µs. */
const CALLS = 100;

/** Calls `visit` with each number from 0 to below `count`. */
export function* forEachIndex(count: number, visit: (index: number) => void): Sliced<void> {
  for (let index = 0; index < count; index++) {
    visit(index);
    if (index % CALLS === CALLS - 1) yield;
  }
}

/** Runs a computation at once and returns its result. */
export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * Runs a computation in slices of 8 ms, between which the page draws frames and handles input. Resolves with its
 * result; rejects with its error, or with the reason of `signal` when that aborts.
 */
export async function runInSlices<T>(work: Sliced<T>, signal?: AbortSignal): Promise<T> {
  const turns = new EventLoopTurns();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const endMs = performance.now() + SLICE_MS;
      do {
        const step = work.next();
        if (step.done) return step.value;
      } while (performance.now() < endMs);
      await turns.next();
    }
  } finally {
    turns.close();
  }
}
