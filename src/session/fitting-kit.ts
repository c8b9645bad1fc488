/**
 * Loads the parts that a session needs and keeps them from one start to the next, so that a start loads only what has
 * changed. The parts:
 *
 * - the code that makes all other parts: `Stages`, a module with one function for each part;
 * - the tracker, which finds landmarks and mask of the person in a frame;
 * - the mannequin, and what is made from it (`KitScene`): the stage, which draws frames and garments; the frame solver,
 *   which computes body and fits from a tracked frame; the posed body, which the solver writes and the stage draws; and
 *   the wardrobe, which loads garments.
 *
 * `FittingKit.prepare` does, in this order:
 *
 * 1. fetch the code (`Stages`), until it has succeeded once, and check that the page may run WebAssembly;
 * 2. at the same time, load the tracker, and load the mannequin and make `KitScene`. The tracker is loaded again when
 *    its settings change: `tracker`, `assets`, and without a `tracker` of the page `engine`, `model` and
 *    `segmentation`. Mannequin and scene are made once for each kit; a later change of `assets` does not load them
 *    again;
 * 3. wait for the garments, for a limited time.
 */
import type { FittingError, FittingErrorCode } from '../errors.ts';
import { importModule } from '../import-module.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { Pulse } from '../pulse.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { eitherSignal } from './either-signal.ts';
import { firstModel } from './first-model.ts';
import type { Stages } from './load-stages.ts';
import type { KitScene, ReadyKit } from './ready-kit.ts';
import { type FittingSettings, isOtherTracker } from './settings.ts';
import { toFittingError } from './to-fitting-error.ts';
import { wait } from './wait.ts';

/** How a kit gets its code, and what it reports. */
export interface FittingKitOptions {
  /** Fetches the module of functions that make the parts; called until it succeeds once. */
  loadStages: () => Promise<Stages>;
  /** Bytes of one part loaded so far, and in all (0: unknown). `part`: `tracker`, `mannequin`, or a garment's URL. */
  onProgress: (part: string, loaded: number, total: number) => void;
  /** The list of worn garments has changed, or a garment's sizes and colours are loaded. */
  onWardrobe: () => void;
  /**
   * The trackers that the page has given (the setting `tracker`) and that are loaded already. The kit adds to them.
   * They outlive kit and session: each is loaded once, and only the page closes it.
   */
  loadedTrackers: WeakSet<Tracker>;
  /** One garment could not be loaded; the others and the session go on. */
  onGarmentError: (error: FittingError) => void;
  /** The browser took the GPU away from the page, or gave it back: `isContextLost` has changed. */
  onContextChange: () => void;
}

/** The present tracker, loaded. */
interface LoadedTracker {
  /** The kit's own tracker, or the wrapper of `watchPageTracker` around the page's. */
  tracker: Tracker;
  /** The settings that it was loaded for. */
  settings: FittingSettings;
}

/** How long garments may delay the start. A garment that is loaded later appears in the running picture. */
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

/** The parts of one session; see the top of this file. After `dispose` it cannot be used again. */
export class FittingKit {
  readonly #options: FittingKitOptions;
  readonly #abort = new AbortController();
  /** Of everything that the kit downloads. */
  readonly #pulse = new Pulse();
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

  /** The loaded tracker (a page's tracker in its wrapper); null before, and after `dropTracker` and `dispose`. */
  get tracker(): Tracker | null {
    return this.#loaded?.tracker ?? null;
  }

  /** Whether the browser has taken the GPU away from the stage of this kit. */
  get isContextLost(): boolean {
    return this.#isContextLost;
  }

  /**
   * Loads what `settings` (the page's choice of tracker, models, garments) need and is not loaded yet. A call waits
   * until the calls before it have ended. Rejects with a `FittingError`, or with the reason of `signal` or of
   * `dispose`. A garment that fails does not reject: it is reported to `onGarmentError`.
   */
  prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit & { stages: Stages }> {
    const before = this.#preparing;
    const prepared = before.then(() => this.#prepare(settings, signal));
    this.#preparing = prepared.then(ignore, ignore);
    return prepared;
  }

  /**
   * Drops `tracker`, which hangs, if it is the present one, so that the next `prepare` gets another. Closes the kit's
   * own tracker; a tracker of the page stays open and is used again.
   */
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
    const either = eitherSignal(signal, this.#abort.signal);
    const modules = { code: 'model-unreachable', what: "The fitting room's own modules", pulse: this.#pulse } as const;
    this.#stages ??= await abortable(importModule(this.#options.loadStages(), modules), either);
    either.throwIfAborted();
    const stages = this.#stages;
    stages.checkWebAssembly();
    const [tracker, scene] = await Promise.all([
      this.#prepareTracker(stages, settings, either),
      this.#prepareScene(stages, settings, either),
    ]);
    await abortable(Promise.race([this.#dressed, wait(GARMENT_PATIENCE_MS)]), either);
    return { stages, ...scene, tracker };
  }

  /**
   * Returns a loaded tracker for `settings`: the present one if its settings have not changed, else the page's, else a
   * new one. `watchPageTracker` wraps the page's tracker in an object that passes calls on and rejects those that the
   * tracker does not answer in time. A new tracker has this watchdog inside. Its model is the one of the settings;
   * `auto` becomes `lite` for a live source, `full` for any other (`firstModel`).
   */
  async #prepareTracker(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<Tracker> {
    if (this.#loaded && !isOtherTracker(this.#loaded.settings, settings)) return this.#loaded.tracker;
    this.#closeTracker();
    const { engine, segmentation, assets, tracker: given } = settings;
    const { loadedTrackers, onProgress } = this.#options;
    const tracker = given
      ? stages.watchPageTracker(given)
      : await abortable(stages.createTracker({ engine, model: firstModel(settings), segmentation }), signal, (late) =>
          late.close(),
        );
    try {
      signal.throwIfAborted();
      if (!given || !loadedTrackers.has(given)) {
        // The page's tracker counts as loaded even when the loading ends after this start was aborted.
        const load = async (): Promise<void> => {
          const onBytes = (loaded: number, total: number): void => {
            this.#pulse.beat();
            onProgress('tracker', loaded, total);
          };
          await tracker.load({ assets, signal, onProgress: onBytes });
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

  /** Loads the mannequin and makes the scene, unless the kit has them, and starts to load the garments. */
  async #prepareScene(stages: Stages, settings: FittingSettings, signal: AbortSignal): Promise<KitScene> {
    const load = (): Promise<Mannequin> =>
      stages.loadMannequin(new URL('mannequin.glb', settings.assets).href, {
        signal,
        pulse: this.#pulse,
        onProgress: (loaded, total) => this.#options.onProgress('mannequin', loaded, total),
      });
    this.#mannequin ??= await abortable(wrap('model-unreachable', 'The mannequin could not be loaded.', load), signal);
    signal.throwIfAborted();
    const scene = (this.#scene ??= this.#createScene(stages, this.#mannequin, settings.assets));
    // Each start loads garments again that failed before.
    this.#dressed = scene.wardrobe.wear(settings.garments, { again: true });
    // While the networks are still downloaded. What changes until the start is prepared then (`FittingRun.ready`).
    this.#dressed.then(() => scene.stage.prepare()).catch(ignore);
    return scene;
  }

  #createScene(stages: Stages, mannequin: Mannequin, assets: string): KitScene {
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
    const wardrobe = stages.createWardrobe({
      stages,
      mannequin,
      assets,
      pulse: this.#pulse,
      onChange: onWardrobe,
      onError: onGarmentError,
      onProgress,
    });
    const solver = stages.createFrameSolver({ mannequin, garments: wardrobe.outfit });
    return { mannequin, stage, solver, posed: stages.createPosedBody(), wardrobe };
  }

  /** Forgets the tracker. Closes it, unless it belongs to the page. */
  #closeTracker(): void {
    if (this.#loaded?.settings.tracker === null) this.#loaded.tracker.close();
    this.#loaded = null;
  }
}

function ignore(): void {}

/**
 * Does `work`. When it fails, rejects with a `FittingError`: its own, or a new one of this code and message. The error
 * of an abort passes unchanged.
 */
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
