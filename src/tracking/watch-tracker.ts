import { FittingError } from '../errors.ts';
import type { Tracker, TrackOutcome } from './tracker.ts';

/** How often a tracker is looked after. Counted in ticks, so that a page put to sleep or kept busy does not look like a tracker that hangs. */
const TICK_MS = 1000;
/** Nothing heard for so long of one that is being loaded, or has its first frame: a slow phone compiles for seconds. */
const COLD_TICKS = 30;
/** A frame takes so many times the usual: the tracker hangs. Never sooner than the one, nor later than the other limit. */
const USUAL_TIMES = 30;
const MIN_TICKS = 3;
const MAX_TICKS = 10;
/** Usual for one of which nothing is known yet: it gets the longer limit. */
const UNKNOWN_MS = (MAX_TICKS * TICK_MS) / USUAL_TIMES;
/** How far one frame moves what is held to be usual: a dozen frames tell. */
const LEARNING_RATE = 0.2;

/**
 * `tracker`, held to answer: what it leaves unanswered for too long (a worker that died says nothing) is rejected with
 * `FittingError` `engine-failed`, and with the same once it is closed. A tracker that hung cannot be used again.
 */
export function watchTracker(tracker: Tracker): Tracker {
  let timer: ReturnType<typeof setInterval> | undefined;
  /** Ends what is under way: a load or a frame. */
  let fail: ((cause: FittingError) => void) | null = null;
  let ticks = 0;
  let isCold = true;
  /** Changes of model under way. */
  let changes = 0;
  let usualMs = UNKNOWN_MS;

  const limit = (): number => {
    if (isCold) return COLD_TICKS;
    if (changes > 0) return MAX_TICKS;
    return Math.min(MAX_TICKS, Math.max(MIN_TICKS, Math.ceil((USUAL_TIMES * usualMs) / TICK_MS)));
  };

  const tick = (): void => {
    if (!fail) {
      clearInterval(timer);
      timer = undefined;
    } else if (++ticks >= limit()) {
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
    changes++;
    try {
      await tracker.useModel?.(model);
    } finally {
      changes--;
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
      // The first one warms up, and tells nothing.
      if (!isCold) usualMs += (ms - usualMs) * LEARNING_RATE;
      isCold = false;
      return outcome === 'lost' ? 'lost' : 'tracked';
    },

    get useModel() {
      return tracker.useModel && useModel;
    },

    reset: () => tracker.reset(),

    close() {
      tracker.close();
      fail?.(new FittingError('engine-failed', 'the tracker was closed'));
    },
  };
}
