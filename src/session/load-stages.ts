import type { PosedBody } from '../body/body.ts';
import type { Camera } from '../capture/camera-source.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import type { LoadMannequinOptions } from '../mannequin/load-mannequin.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { Stage, StageOptions } from '../scene/stage.ts';
import type { TrackerChoice } from '../tracking/create-tracker.ts';
import type { Tracker } from '../tracking/tracker.ts';
import type { FittingRun, FittingRunOptions } from './fitting-run.ts';
import type { FittingSettings } from './settings.ts';
import type { FrameSolver, FrameSolverOptions } from './solve-frame.ts';
import type { Wardrobe, WardrobeOptions, WardrobeStages } from './wardrobe.ts';

/**
 * The functions that a session needs from its first start on: they create tracker, mannequin, stage, solver, source and
 * run. A product page does not load their code before the first start.
 */
export interface Stages extends WardrobeStages {
  /** Throws a `FittingError` if the page may not run WebAssembly. */
  checkWebAssembly(): void;
  /** A tracker (finds the person in a frame), not loaded yet; `choice`: engine, landmark model and mask network. */
  createTracker(choice: TrackerChoice): Promise<Tracker>;
  /** Wraps a tracker of the page: limits the time of each answer, and names it in its errors. */
  watchPageTracker(tracker: Tracker): Tracker;
  /** Fetches and reads the mannequin's GLB. `options`: abort signal, and progress in bytes. */
  loadMannequin(url: string, options?: LoadMannequinOptions): Promise<Mannequin>;
  /** The stage that draws frames and garments into a canvas. Throws where the browser has no WebGL 2. */
  createStage(options: StageOptions): Stage;
  /**
   * The state for computing, in each tracked frame, the body (a shape of the mannequin) and the garments' fit on it.
   */
  createFrameSolver(options: FrameSolverOptions): FrameSolver;
  /** Loads garments and fits them to the body; empty at first. */
  createWardrobe(options: WardrobeOptions): Wardrobe;
  /** A target for the solved body: no body found yet. */
  createPosedBody(): PosedBody;
  /** Opens the source that `settings` name. Rejects with a `FittingError`, or with the reason of `signal`. */
  openAnySource(
    settings: FittingSettings,
    options: { signal: AbortSignal; camera: Camera | null },
  ): Promise<FrameSource>;
  /** The run that plays one source with loaded parts. */
  createRun(options: FittingRunOptions): FittingRun;
}

/** Fetches the code of all stages. Rejects when the network fails. Tests inject stages of their own instead. */
export function loadStages(): Promise<Stages> {
  return import('./stages.ts');
}
