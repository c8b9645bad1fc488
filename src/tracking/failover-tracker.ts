import type { Frame } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { closedError } from './closed-error.ts';
import { FileFault } from './file-fault.ts';
import { noEngineLeft } from './no-engine-left.ts';
import type {
  ConcreteEngine,
  ConcreteModel,
  TrackedFrame,
  Tracker,
  TrackerLoadOptions,
  TrackOutcome,
} from './tracker.ts';
import { watchTracker } from './watch-tracker.ts';

/**
 * A tracker (it finds a person's landmarks and mask in frames) that goes on with another engine when one fails. It
 * wraps the trackers of `create` one after the other, and forwards each call to the tracker in use. When an engine
 * fails, on load or in mid-session:
 *
 * 1. If a frame fails on an engine that has tracked frames, it is tracked once more. If it fails again, the frame is at
 *    fault: `track` closes its image and resolves to `lost`.
 * 2. If the next frame fails too, if the image died with the engine, or if the engine has tracked no frame: it is
 *    closed and started again, up to `STARTS` times; then the next engine is started. Each time there is one warning on
 *    the console.
 *    The first time that WebAssembly stops in the midst of a function, the trimmed file of `wasm` may lack a function
 *    that this browser needs: the start with the whole file comes on top.
 * 3. `track` repeats the frame once on the new engine. It resolves to `lost` if that fails, or if the image died.
 * 4. When no engine is left, calls reject with the first error; its message names the later ones (`noEngineLeft`).
 */

/** The engines to choose from, and how to create a tracker on one of them. */
export interface FailoverTrackerOptions {
  /** At least one engine; the preferred engine first. */
  engines: readonly ConcreteEngine[];
  /** Landmark model at the start; `useModel` changes it. */
  model: ConcreteModel;
  /**
   * Creates a tracker on an engine, without loading it. `isWhole`: whether `wasm` uses LiteRT's whole file instead of
   * the trimmed one.
   */
  create: (engine: ConcreteEngine, model: ConcreteModel, isWhole: boolean) => Promise<Tracker>;
}

/**
 * Number of starts of an engine before the next engine is used. A killed worker can be started again; a lost GPU stays
 * lost.
 */
const STARTS = { webgpu: 1, wasm: 2, mediapipe: 2 } as const;
/**
 * After this many tracked frames (ten seconds at 30 fps) the engine is known to work, and gets its full number of
 * starts again.
 */
const PROVEN_FRAMES = 300;

/** Returns `cause` if it is a `FittingError`, otherwise an `engine-failed` with its message. */
function toFittingError(cause: unknown): FittingError {
  return cause instanceof FittingError
    ? cause
    : new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
}

/** Creates a tracker on the first of `engines` that works; call its `load` next. */
export function createFailoverTracker({ engines, model, create }: FailoverTrackerOptions): Tracker {
  let engineIndex = 0;
  let startsLeft: number = STARTS[engines[0]];
  /** Frames that the engine has tracked since its start. */
  let trackedFrames = 0;
  /** Whether the engine's last frame failed, so that a failure of the next frame blames the engine. */
  let isSuspect = false;
  /** The tracker in use or being loaded. */
  let current: Tracker | null = null;
  /** The last tracker that was loaded: gives `engine` and `model` while the next one loads. */
  let lastLoaded: Tracker | null = null;
  /** Resolves when an engine is loaded; rejects when no engine is left. */
  let ready: Promise<void> = Promise.reject(new FittingError('engine-failed', 'the tracker is not loaded'));
  ready.catch(() => {});
  let assets = '';
  let requestedModel = model;
  let isClosed = false;
  let wantsClasses = false;
  /** Why engines have failed since the last tracked frame, the first failure first. */
  const failures: FittingError[] = [];
  /** Whether `wasm` is started with LiteRT's whole file. */
  let isWhole = false;

  /**
   * Returns whether WebAssembly of the engine `wasm` has stopped in the midst of a function, and may go on with the
   * whole file.
   */
  const mayLackFunction = ({ cause }: FittingError): boolean =>
    engines[engineIndex] === 'wasm' && !isWhole && cause instanceof WebAssembly.RuntimeError;

  /** Chooses the engine of the next start, and warns. Throws when there is none. */
  const chooseNextStart = (cause: FittingError): void => {
    failures.push(cause);
    const failed = engines[engineIndex];
    if (mayLackFunction(cause)) {
      isWhole = true;
      startsLeft++;
    }
    // A browser that lacks a feature lacks it at the second start too.
    if (--startsLeft <= 0 || cause.code === 'unsupported-browser') {
      if (engineIndex + 1 === engines.length) throw noEngineLeft(failures);
      startsLeft = STARTS[engines[++engineIndex]];
    }
    const next = engines[engineIndex];
    console.warn(
      `fitting-room: the ${failed} engine failed (${cause.message}); ${next === failed ? 'it is started again' : `going on with ${next}`}.`,
    );
  };

  /** Starts engines until one is loaded. Rejects with the last error when none is left. */
  const start = async (options: TrackerLoadOptions, isFirst: boolean): Promise<void> => {
    for (;;) {
      const engine = engines[engineIndex];
      try {
        current = watchTracker(await create(engine, requestedModel, isWhole));
        if (isClosed) throw closedError();
        current.findClasses?.(wantsClasses);
        await current.load(options);
        lastLoaded = current;
        trackedFrames = 0;
        isSuspect = false;
        return;
      } catch (cause) {
        current?.close();
        options.signal?.throwIfAborted();
        const error = toFittingError(cause);
        // Without a network, or without the models, the next engine fails too. Only the files of WebGPU's own may be
        // missing while the others are there.
        const isShared = engine !== 'webgpu' || (error instanceof FileFault && error.isShared);
        const isOffline = error.code === 'model-unreachable' && isFirst && isShared;
        if (isClosed) throw error;
        if (isOffline) throw noEngineLeft([...failures, error]);
        chooseNextStart(error);
      }
    }
  };

  const useModel = async (next: ConcreteModel): Promise<void> => {
    requestedModel = next;
    try {
      await ready;
      if (!current?.useModel)
        throw new FittingError('engine-failed', `the ${engines[engineIndex]} engine keeps its model`);
      await current.useModel(next);
    } catch (cause) {
      if (requestedModel === next && lastLoaded) requestedModel = lastLoaded.model;
      throw cause;
    }
  };

  return {
    get engine() {
      return lastLoaded?.engine ?? engines[0];
    },
    get model() {
      return lastLoaded?.model ?? model;
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
          failures.length = 0;
          if (++trackedFrames === PROVEN_FRAMES) startsLeft = STARTS[engines[engineIndex]];
          isSuspect = false;
          return 'tracked';
        } catch (cause) {
          // Any other error is wrong use by the caller, or a fault of the source.
          if (isClosed || !(cause instanceof FittingError) || cause.code === 'source-unreadable') throw cause;
          if (frame.image && tries > 1) {
            // The frame failed on two attempts: the frame is at fault rather than the engine. Pass it over.
            frame.image.close();
            frame.image = null;
            return 'lost';
          }
          if (frame.image && trackedFrames > 0 && !isSuspect && !mayLackFunction(cause)) {
            // Earlier frames were tracked, so try this frame again before the engine is blamed.
            isSuspect = true;
            continue;
          }
          current.close();
          chooseNextStart(cause);
          await (ready = start({ assets }, false));
          // The image died with the engine.
          if (!frame.image) return 'lost';
        }
      }
    },

    get useModel() {
      return lastLoaded?.useModel && useModel;
    },

    findClasses(isWanted: boolean): void {
      wantsClasses = isWanted;
      current?.findClasses?.(isWanted);
    },

    reset: () => current?.reset(),

    close() {
      isClosed = true;
      current?.close();
    },
  };
}
