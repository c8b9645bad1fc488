import type { PosedBody } from '../body/body.ts';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Stage } from '../scene/stage.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { firstModel } from './first-model.ts';
import type { Stages } from './load-stages.ts';
import { type FittingSettings, isOtherTracker } from './settings.ts';
import type { FrameSolver } from './solve-frame.ts';
import { Wardrobe } from './wardrobe.ts';

export interface FittingKitOptions {
  loadStages: () => Promise<Stages>;
  /** Bytes of one part; parts are named `tracker`, `mannequin` or by a garment's URL. */
  onProgress: (part: string, loaded: number, total: number) => void;
  onWardrobe: () => void;
  /** Trackers that were loaded before: the page's own are loaded once, and outlive kit and session. */
  loadedTrackers: WeakSet<Tracker>;
  onGarmentError: (error: FittingError) => void;
  onContextChange: (lost: boolean) => void;
}

/** How long garments may hold up a start when all else is ready; those that come later join in the running picture. */
const GARMENT_PATIENCE_MS = 8000;

/** Everything loaded that one session works with. */
export interface ReadyKit {
  stages: Stages;
  mannequin: Mannequin;
  stage: Stage;
  solver: FrameSolver;
  posed: PosedBody;
  wardrobe: Wardrobe;
  tracker: Tracker;
}

/**
 * Loads what a session needs and keeps it from one run to the next; only what the settings changed is loaded again. Each
 * kit belongs to one session.
 */
export class FittingKit implements Partial<ReadyKit> {
  readonly #options: FittingKitOptions;
  readonly #abort = new AbortController();
  stages: Stages | undefined;
  mannequin: Mannequin | undefined;
  stage: Stage | undefined;
  solver: FrameSolver | undefined;
  posed: PosedBody | undefined;
  wardrobe: Wardrobe | undefined;
  tracker: Tracker | undefined;
  /** What `tracker` was made for. */
  #trackerFor: FittingSettings | null = null;
  #preparing: Promise<void> = Promise.resolve();
  /** Settles when every garment asked for is there or has failed. */
  #dressed: Promise<void> = Promise.resolve();

  constructor(options: FittingKitOptions) {
    this.#options = options;
  }

  /** One at a time; rejects with a `FittingError`, or with the signal's reason when aborted. Garments that fail do not fail the kit. */
  prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit> {
    const before = this.#preparing;
    const prepared = before.then(() => this.#prepare(settings, signal));
    this.#preparing = prepared.then(ignore, ignore);
    return prepared;
  }

  dispose(): void {
    this.#abort.abort(new DOMException('The fitting room was taken down.', 'AbortError'));
    this.#closeTracker();
    this.wardrobe?.dispose();
    if (this.stage) this.stage.onContextChange = null;
    this.stage?.dispose();
    this.stage = undefined;
    this.wardrobe = undefined;
  }

  async #prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit> {
    const either = AbortSignal.any([signal, this.#abort.signal]);
    const stages = (this.stages ??= await abortable(
      wrap('model-unreachable', "The fitting room's own modules could not be loaded.", this.#options.loadStages),
      either,
    ));
    either.throwIfAborted();
    const scene = this.#prepareScene(stages, settings, either);
    const [tracker] = await Promise.all([this.#prepareTracker(stages, settings, either), scene]);
    await abortable(Promise.race([this.#dressed, wait(GARMENT_PATIENCE_MS)]), either);
    const { mannequin, stage, solver, posed, wardrobe } = this as ReadyKit;
    return { stages, mannequin, stage, solver, posed, wardrobe, tracker };
  }

  async #prepareTracker(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<Tracker> {
    if (this.tracker && this.#trackerFor && !isOtherTracker(this.#trackerFor, settings)) return this.tracker;
    this.#closeTracker();
    const { engine, segmentation, assets, tracker: own } = settings;
    const { loadedTrackers, onProgress } = this.#options;
    const tracker = own
      ? stages.watchTracker(own)
      : await abortable(stages.createTracker({ engine, model: firstModel(settings), segmentation }), signal, (late) =>
          late.close(),
        );
    try {
      signal.throwIfAborted();
      if (!own || !loadedTrackers.has(own)) {
        // Also one that is there only after this start was given up need not be loaded again.
        const load = async (): Promise<void> => {
          await tracker.load({ assets, signal, onProgress: (loaded, total) => onProgress('tracker', loaded, total) });
          if (own) loadedTrackers.add(own);
        };
        await abortable(load(), signal);
      }
      signal.throwIfAborted();
    } catch (cause) {
      if (!own) tracker.close();
      signal.throwIfAborted();
      throw toFittingError(cause, 'engine-failed', 'The tracker could not be loaded.');
    }
    this.tracker = tracker;
    this.#trackerFor = settings;
    return tracker;
  }

  async #prepareScene(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<void> {
    const { onProgress } = this.#options;
    const load = (): Promise<Mannequin> =>
      stages.loadMannequin(new URL('mannequin.glb', settings.assets).href, {
        signal,
        onProgress: (loaded, total) => onProgress('mannequin', loaded, total),
      });
    const mannequin = (this.mannequin ??= await abortable(
      wrap('model-unreachable', 'The mannequin could not be loaded.', load),
      signal,
    ));
    signal.throwIfAborted();
    if (!this.stage) {
      try {
        this.stage = stages.createStage({ mannequin });
      } catch (cause) {
        throw toFittingError(cause, 'unsupported-browser', 'The browser could not draw in 3D (no WebGL 2).');
      }
      this.stage.onContextChange = this.#options.onContextChange;
    }
    this.posed ??= stages.createPosedBody();
    const wardrobe = (this.wardrobe ??= new Wardrobe({
      stages,
      mannequin,
      onChange: this.#options.onWardrobe,
      onError: this.#options.onGarmentError,
      onProgress,
    }));
    this.solver ??= stages.createFrameSolver({ mannequin, garments: wardrobe });
    // A new start is a new try for those that failed.
    this.#dressed = wardrobe.wear(settings.garments, { again: true });
  }

  /** Lets go of a tracker that hangs; the next start makes a new one, unless it is the page's own. */
  dropTracker(tracker: Tracker): void {
    if (this.tracker === tracker) this.#closeTracker();
  }

  #closeTracker(): void {
    if (this.tracker && this.#trackerFor?.tracker === null) this.tracker.close();
    this.tracker = undefined;
    this.#trackerFor = null;
  }
}

function ignore(): void {}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function wrap<T>(code: FittingErrorCode, message: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw toFittingError(cause, code, message);
  }
}

/** Errors of an abort pass as they are: the caller looks at its signal. */
function toFittingError(cause: unknown, code: FittingErrorCode, message: string): unknown {
  if (cause instanceof FittingError || (cause instanceof DOMException && cause.name === 'AbortError')) return cause;
  return new FittingError(code, message, { cause });
}
