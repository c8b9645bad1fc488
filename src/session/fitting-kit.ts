import type { FittingError, FittingErrorCode } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { firstModel } from './first-model.ts';
import type { Stages } from './load-stages.ts';
import type { KitScene, ReadyKit } from './ready-kit.ts';
import { type FittingSettings, isOtherTracker } from './settings.ts';
import { toFittingError } from './to-fitting-error.ts';
import { wait } from './wait.ts';
import { Wardrobe } from './wardrobe.ts';

export interface FittingKitOptions {
  /** Fetches the code of the stages; called until it succeeds once. */
  loadStages: () => Promise<Stages>;
  /** Bytes of one part loaded so far, and in all (0: unknown). `part`: `tracker`, `mannequin`, or a garment's URL. */
  onProgress: (part: string, loaded: number, total: number) => void;
  /** The list of worn garments has changed, or a garment's sizes and colours are loaded. */
  onWardrobe: () => void;
  /** Trackers of the page that are loaded already. Each is loaded once, and outlives kit and session. */
  loadedTrackers: WeakSet<Tracker>;
  /** One garment could not be loaded; the others and the session go on. */
  onGarmentError: (error: FittingError) => void;
  /** The browser took the GPU away from the page, or gave it back: `isContextLost` has changed. */
  onContextChange: () => void;
}

interface LoadedTracker {
  tracker: Tracker;
  /** The settings that it was made for. */
  settings: FittingSettings;
}

/** How long garments may delay the first frame. A garment that is loaded later appears in the running picture. */
const GARMENT_PATIENCE_MS = 8000;

/** After an error with one of these codes the parts of a kit cannot be used again. */
const BREAKING_CODES: ReadonlySet<FittingErrorCode> = new Set([
  'engine-failed',
  'context-lost',
  'model-unreachable',
  'unsupported-browser',
]);

/** Whether the kit must be disposed of after this error. */
export function breaksKit({ code }: FittingError): boolean {
  return BREAKING_CODES.has(code);
}

/**
 * Loads the parts that a session needs (tracker; mannequin; the stage, which draws; the solver of bodies; garments) and
 * keeps them from one start to the next. Only parts whose settings have changed are loaded again. A kit belongs to one session. `prepare` does, in
 * this order:
 *
 * 1. fetch the code of the stages;
 * 2. at the same time, load the tracker, and load the mannequin and make everything of `KitScene` from it;
 * 3. wait for the garments, for a limited time.
 */
export class FittingKit {
  readonly #options: FittingKitOptions;
  readonly #abort = new AbortController();
  #stages: Stages | null = null;
  #mannequin: Mannequin | null = null;
  #scene: KitScene | null = null;
  #loaded: LoadedTracker | null = null;
  #isContextLost = false;
  #preparing: Promise<void> = Promise.resolve();
  /** Resolves when every garment to wear is loaded or has failed. */
  #dressed: Promise<void> = Promise.resolve();

  constructor(options: FittingKitOptions) {
    this.#options = options;
  }

  /** Null until the mannequin is loaded, and after `dispose`. */
  get scene(): KitScene | null {
    return this.#scene;
  }

  /** Null until it is loaded, and after `dropTracker`. */
  get tracker(): Tracker | null {
    return this.#loaded?.tracker ?? null;
  }

  /** Whether the browser has taken the GPU away from the stage of this kit. */
  get isContextLost(): boolean {
    return this.#isContextLost;
  }

  /**
   * Loads what `settings` need; one preparation runs at a time. Rejects with a `FittingError`, or with the reason of
   * `signal`. A garment that fails does not reject.
   */
  prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit & { stages: Stages }> {
    const before = this.#preparing;
    const prepared = before.then(() => this.#prepare(settings, signal));
    this.#preparing = prepared.then(ignore, ignore);
    return prepared;
  }

  /** Closes a tracker that hangs, so that the next `prepare` makes a new one. A tracker of the page stays open. */
  dropTracker(tracker: Tracker): void {
    if (this.tracker === tracker) this.#closeTracker();
  }

  /** Ends everything that loads, and gives back tracker, stage and garments. */
  dispose(): void {
    this.#abort.abort(new DOMException('The fitting room was taken down.', 'AbortError'));
    this.#closeTracker();
    if (!this.#scene) return;
    const { wardrobe, stage } = this.#scene;
    this.#scene = null;
    wardrobe.dispose();
    stage.onContextChange = null;
    stage.dispose();
  }

  async #prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit & { stages: Stages }> {
    const either = AbortSignal.any([signal, this.#abort.signal]);
    this.#stages ??= await abortable(
      wrap('model-unreachable', "The fitting room's own modules could not be loaded.", this.#options.loadStages),
      either,
    );
    either.throwIfAborted();
    const stages = this.#stages;
    const [tracker, scene] = await Promise.all([
      this.#prepareTracker(stages, settings, either),
      this.#prepareScene(stages, settings, either),
    ]);
    await abortable(Promise.race([this.#dressed, wait(GARMENT_PATIENCE_MS)]), either);
    return { stages, ...scene, tracker };
  }

  /** Returns the tracker for `settings`, loaded: the present one, the page's own, or a new one. */
  async #prepareTracker(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<Tracker> {
    if (this.#loaded && !isOtherTracker(this.#loaded.settings, settings)) return this.#loaded.tracker;
    this.#closeTracker();
    const { engine, segmentation, assets, tracker: given } = settings;
    const { loadedTrackers, onProgress } = this.#options;
    const tracker = given
      ? stages.watchTracker(given)
      : await abortable(stages.createTracker({ engine, model: firstModel(settings), segmentation }), signal, (late) =>
          late.close(),
        );
    try {
      signal.throwIfAborted();
      if (!given || !loadedTrackers.has(given)) {
        // The page's tracker counts as loaded even when the loading ends after this start was aborted.
        const load = async (): Promise<void> => {
          await tracker.load({ assets, signal, onProgress: (loaded, total) => onProgress('tracker', loaded, total) });
          if (given) loadedTrackers.add(given);
        };
        await abortable(load(), signal);
      }
      signal.throwIfAborted();
    } catch (cause) {
      if (!given) tracker.close();
      signal.throwIfAborted();
      throw explain(cause, 'engine-failed', 'The tracker could not be loaded.');
    }
    this.#loaded = { tracker, settings };
    return tracker;
  }

  /** Loads the mannequin and makes the scene, both once, and starts to load the garments. */
  async #prepareScene(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<KitScene> {
    const load = (): Promise<Mannequin> =>
      stages.loadMannequin(new URL('mannequin.glb', settings.assets).href, {
        signal,
        onProgress: (loaded, total) => this.#options.onProgress('mannequin', loaded, total),
      });
    this.#mannequin ??= await abortable(wrap('model-unreachable', 'The mannequin could not be loaded.', load), signal);
    signal.throwIfAborted();
    const scene = (this.#scene ??= this.#createScene(stages, this.#mannequin));
    // Each start loads garments again that failed before.
    this.#dressed = scene.wardrobe.wear(settings.garments, { again: true });
    return scene;
  }

  #createScene(stages: Stages, mannequin: Mannequin): KitScene {
    const { onWardrobe, onGarmentError, onProgress, onContextChange } = this.#options;
    let stage: KitScene['stage'];
    try {
      stage = stages.createStage({ mannequin });
    } catch (cause) {
      throw explain(cause, 'unsupported-browser', 'The browser could not draw in 3D (no WebGL 2).');
    }
    stage.onContextChange = (isLost) => {
      if (this.#isContextLost === isLost) return;
      this.#isContextLost = isLost;
      onContextChange();
    };
    const wardrobe = new Wardrobe({ stages, mannequin, onChange: onWardrobe, onError: onGarmentError, onProgress });
    const solver = stages.createFrameSolver({ mannequin, garments: wardrobe });
    return { mannequin, stage, solver, posed: stages.createPosedBody(), wardrobe };
  }

  /** Closes the tracker, unless it belongs to the page. */
  #closeTracker(): void {
    if (this.#loaded?.settings.tracker === null) this.#loaded.tracker.close();
    this.#loaded = null;
  }
}

function ignore(): void {}

/** Does `work`. Rejects with a `FittingError` of this code and message when it fails. */
async function wrap<T>(code: FittingErrorCode, message: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw explain(cause, code, message);
  }
}

/** The error to reject with for `cause`. The error of an abort passes unchanged; the caller checks its own signal. */
function explain(cause: unknown, code: FittingErrorCode, message: string): unknown {
  return cause instanceof DOMException && cause.name === 'AbortError' ? cause : toFittingError(cause, code, message);
}
