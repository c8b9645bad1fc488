import { FittingError } from '../errors.ts';
import { closedError } from './closed-error.ts';
import type { Tracker, TrackOutcome } from './tracker.ts';

/**
 * Interval between two checks of a tracker, ms. Waiting time is counted in these ticks: while the page sleeps or is
 * busy, no tick is counted, so the tracker does not count as hung.
 */
const TICK_MS = 1000;
/**
 * Limit for the first frame, and for the load between two reports of progress, ticks: a slow phone compiles for
 * seconds.
 */
const COLD_TICKS = 30;
/**
 * A tracker counts as hung after this multiple of the usual duration of a frame, clamped to `MIN_TICKS` … `MAX_TICKS`.
 */
const HANG_FACTOR = 30;
const MIN_TICKS = 3;
const MAX_TICKS = 10;
/** Usual duration of a frame to assume at first, ms; it gives the longest limit. */
const UNKNOWN_MS = (MAX_TICKS * TICK_MS) / HANG_FACTOR;
/** Weight of a frame's duration in the usual duration, a running mean over about a dozen frames. */
const LEARNING_RATE = 0.2;

/**
 * Wraps `tracker` (it finds a person in frames) with a watchdog, and returns the wrapper. If `load` or `track` does not
 * settle in time (a dead worker is silent), it rejects with `FittingError` `engine-failed`; so does a pending call when
 * the tracker is closed. Limits: 30 s for load and first frame, then 30 × the usual duration of a frame, clamped to
 * 3–10 s. Close a tracker that hung, and do not use it again.
 */
export function watchTracker(tracker: Tracker): Tracker {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** Rejects the pending call, a load or a frame. */
  let fail: ((cause: FittingError) => void) | null = null;
  let ticks = 0;
  let isCold = true;
  /** Number of changes of the model in progress; meanwhile the longest limit applies. */
  let modelChanges = 0;
  let usualMs = UNKNOWN_MS;

  const limitTicks = (): number => {
    if (isCold) return COLD_TICKS;
    if (modelChanges > 0) return MAX_TICKS;
    return Math.min(MAX_TICKS, Math.max(MIN_TICKS, Math.ceil((HANG_FACTOR * usualMs) / TICK_MS)));
  };

  const tick = (): void => {
    if (!fail) {
      clearInterval(timer);
      timer = undefined;
    } else if (++ticks >= limitTicks()) {
      fail(new FittingError('engine-failed', `the tracker has not answered for ${(ticks * TICK_MS) / 1000} seconds`));
    }
  };

  const watched = <T>(work: () => Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      fail = reject;
      ticks = 0;
      timer ??= setInterval(tick, TICK_MS);
      work().then(resolve, reject);
    }).finally(() => {
      fail = null;
    });

  const useModel: Tracker['useModel'] = async (model) => {
    modelChanges++;
    try {
      await tracker.useModel?.(model);
    } finally {
      modelChanges--;
      usualMs = UNKNOWN_MS;
    }
  };

  return {
    get engine() {
      return tracker.engine;
    },
    get model() {
      return tracker.model;
    },
    get measuresDepth() {
      return tracker.measuresDepth;
    },

    load(options) {
      const onProgress = (loaded: number, total: number): void => {
        ticks = 0;
        options.onProgress?.(loaded, total);
      };
      return watched(() => tracker.load({ ...options, onProgress }));
    },

    async track(frame, target): Promise<TrackOutcome> {
      const start = performance.now();
      const outcome = await watched(() => tracker.track(frame, target));
      const ms = performance.now() - start;
      // The first frame includes the warm-up, so it does not count.
      if (!isCold) usualMs += (ms - usualMs) * LEARNING_RATE;
      isCold = false;
      return outcome === 'lost' ? 'lost' : 'tracked';
    },

    get useModel() {
      return tracker.useModel && useModel;
    },

    findClasses: (isWanted) => tracker.findClasses?.(isWanted),

    reset: () => tracker.reset(),

    close() {
      tracker.close();
      fail?.(closedError());
    },
  };
}
