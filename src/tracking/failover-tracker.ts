import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type {
  ConcreteEngine,
  ConcreteModel,
  TrackedFrame,
  Tracker,
  TrackerLoadOptions,
  TrackOutcome,
} from './tracker.ts';
import { watchTracker } from './watch-tracker.ts';

export interface FailoverTrackerOptions {
  /** At least one; the best first. */
  engines: readonly ConcreteEngine[];
  model: ConcreteModel;
  /** A tracker on that engine, not yet loaded. */
  create: (engine: ConcreteEngine, model: ConcreteModel) => Promise<Tracker>;
}

/** How often an engine is started before it gives way. A worker that the browser killed simply starts again; a lost GPU stays away. */
const STARTS = { webgpu: 1, wasm: 2, mediapipe: 2 } as const;
/** An engine that has tracked so many frames (ten seconds at 30 fps) fails for a reason of the moment: its starts are given back. */
const PROVEN_FRAMES = 300;

function toFittingError(cause: unknown): FittingError {
  return cause instanceof FittingError
    ? cause
    : new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
}
function closedError(): FittingError {
  return new FittingError('engine-failed', 'the tracker was closed');
}

/**
 * Tracks with the best engine that works: one that fails, on load or in mid-session, is started again or gives way to the
 * next, with one warning each time, and the session goes on. Only when none is left does it reject.
 */
export function createFailoverTracker({ engines, model, create }: FailoverTrackerOptions): Tracker {
  let at = 0;
  let starts: number = STARTS[engines[0]];
  let proven = 0;
  /** The last frame failed, and not yet twice in a row. */
  let isDoubted = false;
  /** At work or being loaded. */
  let current: Tracker | null = null;
  /** The last one that was at work. */
  let known: Tracker | null = null;
  /** Settles when an engine is at work, or none is left. */
  let ready: Promise<void> = Promise.reject(new FittingError('engine-failed', 'the tracker is not loaded'));
  ready.catch(() => {});
  let assets = '';
  let wished = model;
  let closed = false;

  /** Goes over to the next start, or throws `cause` when there is none. */
  const giveWay = (cause: FittingError): void => {
    const failed = engines[at];
    // What a browser cannot do it cannot do the second time.
    if (--starts <= 0 || cause.code === 'unsupported-browser') {
      if (at + 1 === engines.length) throw cause;
      starts = STARTS[engines[++at]];
    }
    const next = engines[at];
    console.warn(
      `fitting-room: the ${failed} engine failed (${cause.message}); ${next === failed ? 'it is started again' : `going on with ${next}`}.`,
    );
  };

  /** Starts engines until one is there. */
  const start = async (options: TrackerLoadOptions, isFirst: boolean): Promise<void> => {
    for (;;) {
      const engine = engines[at];
      try {
        current = watchTracker(await create(engine, wished));
        if (closed) throw closedError();
        await current.load(options);
        known = current;
        proven = 0;
        isDoubted = false;
        return;
      } catch (cause) {
        current?.close();
        options.signal?.throwIfAborted();
        const error = toFittingError(cause);
        // A network that fails would fail the next engine too: said at once. WebGPU's own files may be lacking by themselves.
        const isNetwork = error.code === 'model-unreachable' && isFirst && engine !== 'webgpu';
        if (closed || isNetwork) throw error;
        giveWay(error);
      }
    }
  };

  const useModel = async (next: ConcreteModel): Promise<void> => {
    wished = next;
    try {
      await ready;
      if (!current?.useModel) throw new FittingError('engine-failed', `the ${engines[at]} engine keeps its model`);
      await current.useModel(next);
    } catch (cause) {
      if (wished === next && known) wished = known.model;
      throw cause;
    }
  };

  return {
    get engine() {
      return known?.engine ?? engines[0];
    },
    get model() {
      return known?.model ?? model;
    },

    load(options: TrackerLoadOptions): Promise<void> {
      if (assets) throw new TypeError('this tracker is loaded already; create another one');
      ({ assets } = options);
      return (ready = start(options, true));
    },

    async track(frame: Frame, target: TrackedFrame): Promise<TrackOutcome> {
      await ready;
      for (let tries = 1; ; tries++) {
        if (!current) throw closedError();
        try {
          await current.track(frame, target);
          if (++proven === PROVEN_FRAMES) starts = STARTS[engines[at]];
          isDoubted = false;
          return 'tracked';
        } catch (cause) {
          // Anything else is wrong use, or the source's fault.
          if (closed || !(cause instanceof FittingError) || cause.code === 'source-unreadable') throw cause;
          if (frame.image && tries > 1) {
            // It failed twice in a row: the frame is taken to be at fault, not the engine, and is given up.
            frame.image.close();
            frame.image = null;
            return 'lost';
          }
          if (frame.image && proven > 0 && !isDoubted) {
            // Others went well: this one is shown once more before the engine is blamed, and so is the next.
            isDoubted = true;
            continue;
          }
          current.close();
          giveWay(cause);
          await (ready = start({ assets }, false));
          // The image died with the engine.
          if (!frame.image) return 'lost';
        }
      }
    },

    get useModel() {
      return known?.useModel && useModel;
    },

    reset: () => current?.reset(),

    close() {
      closed = true;
      current?.close();
    },
  };
}
