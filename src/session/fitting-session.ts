import type { Body } from '../body/body.ts';
import type { Measurements } from '../body/create-body-measurer.ts';
import { FittingError } from '../errors.ts';
import type { SnapshotOptions } from '../scene/stage.ts';
import type { Tracked } from '../tracking/describe-tracked.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { askEarly } from './ask-early.ts';
import { Attempt } from './attempt.ts';
import { closeSource } from './close-source.ts';
import { configureParts } from './configure-parts.ts';
import { explain } from './explain.ts';
import { breaksKit, FittingKit } from './fitting-kit.ts';
import { type FrameMetrics, NO_METRICS } from './frame-metrics.ts';
import { loadStages, type Stages } from './load-stages.ts';
import { PageSource } from './page-source.ts';
import { attemptOf, type PhaseEvent, runOf, shownRunOf } from './phase.ts';
import { PhaseKeeper } from './phase-keeper.ts';
import { type LoadedBytes, Progress } from './progress.ts';
import type { ReadyKit } from './ready-kit.ts';
import type { SessionHooks, SessionOptions } from './session-hooks.ts';
import { type FittingSettings, idsOf, isOtherSource, isOtherTracker } from './settings.ts';
import { errorWith, type FittingState, IDLE_STATE, NO_GARMENTS } from './state.ts';
import { toFittingError } from './to-fitting-error.ts';
import type { WardrobeEntry } from './wardrobe-entry.ts';

export type { Body, FrameMetrics, Measurements, SnapshotOptions, Tracked };

/**
 * One fitting room without its element: from settings to drawn frames. A failure of the world (no camera, no network)
 * ends in `state.error` and `onError`; `start` never rejects. `phase.ts` holds the state machine. Steps of a start:
 *
 * 1. ask for the camera, if it is the source (status `asking`), so that the shopper sees themselves early (`preview`);
 * 2. meanwhile prepare the kit: code, tracker, mannequin, garments (status `loading`);
 * 3. wait until the previous start has given back tracker and stage;
 * 4. open the source;
 * 5. play the run: track, solve and draw every frame (status `searching` or `tracking`).
 *
 * While nobody can see the room (`setSeen`), no frame is shown (status `paused`) and the camera is given back.
 */
export class FittingSession {
  readonly #hooks: SessionHooks;
  readonly #options: SessionOptions;
  readonly #loadedTrackers: WeakSet<Tracker>;
  readonly #progress = new Progress();
  readonly #pageSource = new PageSource();
  readonly #phases: PhaseKeeper;
  #settings: FittingSettings;
  /** The loaded parts (code, tracker, mannequin, stage, wardrobe), kept from one start to the next. */
  #kit: FittingKit | null = null;
  /** Resolves when the last attempt no longer uses tracker and stage. */
  #ended: Promise<void> = Promise.resolve();

  /**
   * @param settings source, tracker, garments, and the shopper's `stature` in centimetres (null: unknown).
   * @param hooks callbacks to the owner, called synchronously.
   * @param options replacements for tests, and the page's trackers that the owner's earlier sessions have loaded.
   */
  constructor(settings: FittingSettings, hooks: SessionHooks, options: SessionOptions = {}) {
    this.#settings = settings;
    this.#hooks = hooks;
    this.#options = options;
    this.#loadedTrackers = options.loadedTrackers ?? new WeakSet();
    this.#phases = new PhaseKeeper(idsOf(settings), () => hooks.onChange());
  }

  get state(): FittingState {
    return this.#phases.state;
  }

  /** What is known of the garments to wear; empty before the mannequin is loaded. */
  get wardrobe(): readonly WardrobeEntry[] {
    return this.#kit?.scene?.wardrobe.entries ?? NO_GARMENTS;
  }

  /** The canvas with the picture; null before the mannequin is loaded. */
  get canvas(): HTMLCanvasElement | null {
    return this.#kit?.scene?.stage.canvas ?? null;
  }

  /** The camera's stream until the first frame is drawn, for a mirror while everything loads; else null. */
  get preview(): MediaStream | null {
    return this.tracked ? null : (attemptOf(this.#phases.phase)?.camera?.stream ?? null);
  }

  get progress(): LoadedBytes {
    return this.#progress;
  }

  /** What was found in the frame that is shown; null before the first. */
  get tracked(): Tracked | null {
    return runOf(this.#phases.phase)?.tracked ?? null;
  }

  /** The body in the frame that is shown; null while no person is found. */
  get body(): Body | null {
    return runOf(this.#phases.phase)?.body ?? null;
  }

  /** Frames a second, and times in milliseconds: medians of the last 60 frames; all 0 before the first frame. */
  get metrics(): FrameMetrics {
    return runOf(this.#phases.phase)?.metrics ?? NO_METRICS;
  }

  /** Whether the source has ended: its last picture stays, and `pause` has no effect. */
  get isOver(): boolean {
    return runOf(this.#phases.phase)?.isOver ?? false;
  }

  /** Applies new settings. While the session runs, a new source or tracker starts anew; garments change in place. */
  configure(settings: FittingSettings): void {
    const isOther = isOtherSource(this.#settings, settings) || isOtherTracker(this.#settings, settings);
    this.#settings = settings;
    this.#pageSource.keepOnly(settings.source);
    this.#phases.set({ garment: idsOf(settings) });
    if (isOther && attemptOf(this.#phases.phase)) return void this.#begin();
    const { tracker, scene } = this.#kit ?? {};
    void scene?.wardrobe.wear(settings.garments);
    if (scene) configureParts(settings, tracker ?? null, scene);
  }

  /**
   * Starts, or resumes after `pause`. During a start it waits for that one. Resolves when the first frame is drawn, or
   * when the start has failed or was superseded: `state` tells which. Garments that failed are loaded again.
   */
  start(): Promise<void> {
    const attempt = attemptOf(this.#phases.phase);
    if (!attempt || this.#phases.phase.kind === 'lost') return this.#begin();
    this.#phases.enter({ type: 'resume' });
    if (this.wardrobe.some(({ error }) => error))
      void this.#kit?.scene?.wardrobe.wear(this.#settings.garments, { again: true });
    return attempt.first.promise;
  }

  /** Stops showing frames; the camera and the last picture stay. No effect after the end of a source, as of a photo. */
  pause(): void {
    this.#phases.enter({ type: 'pause' });
  }

  /** Tells whether the shopper can see the room. While they cannot, it shows no frame and holds no camera. */
  setSeen(isSeen: boolean): void {
    this.#phases.isSeen = isSeen;
  }

  /** Ends the attempt, closes the source (the camera) and forgets its pictures. Loaded parts stay for the next start. */
  stop(): void {
    this.#leave({ type: 'stop' }, { error: null, progress: 0 });
  }

  /** Closes the source and disposes of all loaded parts. The session can be started again, and then loads them anew. */
  dispose(): void {
    this.#dropKit();
    this.#phases.enter({ type: 'stop' }, { ...IDLE_STATE, garment: idsOf(this.#settings) });
    this.#pageSource.keepOnly(null);
  }

  /** The last drawn frame as an image file. Rejects before the first, and with `RangeError` for unknown options. */
  async snapshot(options?: SnapshotOptions | null): Promise<Blob> {
    return shownRunOf(this.#phases.phase, 'there is no picture yet: await a `track` event').snapshot(options ?? {});
  }

  /** Centimetres with 90 % intervals; null for a measure that was not seen. Rejects before the first tracked frame. */
  async measure(): Promise<Measurements> {
    return shownRunOf(this.#phases.phase, 'no person was seen yet: await the status `tracking`').measure();
  }

  #begin(): Promise<void> {
    // A start while the GPU is lost makes a new stage with a new canvas.
    if (this.#kit?.isContextLost) this.#dropKit();
    const attempt = new Attempt();
    const settings = this.#settings;
    this.#pageSource.hold(settings.source);
    this.#progress.begin();
    this.#phases.enter({ type: 'start', attempt }, { error: null, progress: 0, engine: null, model: null });
    // The owner may have called stop() in the callback.
    if (!attempt.signal.aborted)
      this.#ended = this.#perform(settings, attempt, this.#ended)
        .catch((cause: unknown) => this.#fail(cause, attempt.signal, settings.assets))
        .finally(attempt.first.resolve);
    return attempt.first.promise;
  }

  /** Performs one attempt, from loading to the end of the source. */
  async #perform(settings: FittingSettings, attempt: Attempt, previous: Promise<void>): Promise<void> {
    const { signal, gate } = attempt;
    const { askForCamera } = this.#options;
    const asked = askEarly(settings, { attempt, phases: this.#phases, askForCamera });
    let [kit] = await Promise.all([this.#prepare(settings, signal), asked]);
    await previous;
    signal.throwIfAborted();
    // The previous attempt may have dropped a tracker that hangs.
    if (this.#kit?.tracker !== kit.tracker) kit = await this.#prepare(settings, signal);
    await attempt.passed();
    const opened = kit.stages.openAnySource(settings, { signal, camera: attempt.camera });
    const source = await abortable(opened, signal, closeSource);
    signal.addEventListener('abort', () => closeSource(source), { once: true });
    await attempt.passed();
    const run = kit.stages.createRun({
      kit,
      source,
      isModelFree: settings.model === 'auto' && settings.tracker === null,
      signal,
      gate: () => gate.passage,
      onShown: (seen, isFirst) => {
        this.#onShown(kit, seen, isFirst);
        if (isFirst) attempt.first.resolve();
        // The owner may have called stop() in the callback.
        if (!signal.aborted) this.#hooks.onTrack();
      },
      onTrackerStuck: () => this.#kit?.dropTracker(kit.tracker),
    });
    await run.ready();
    await attempt.passed();
    this.#phases.enter({ type: 'play', run }, { progress: 1 });
    await run.play();
    if (!signal.aborted) this.#hooks.onChange();
  }

  async #prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit & { stages: Stages }> {
    this.#kit ??= new FittingKit({
      loadStages: this.#options.load ?? loadStages,
      loadedTrackers: this.#loadedTrackers,
      onProgress: (part, loaded, total) => this.#onProgress(part, loaded, total),
      onWardrobe: () => this.#onWardrobe(),
      onGarmentError: (error) => {
        this.#phases.set({ error });
        this.#hooks.onError(error);
      },
      onContextChange: () => this.#onContextChange(),
    });
    const kit = await this.#kit.prepare(settings, signal);
    // Settings may have changed while the kit loaded.
    if (this.#settings.garments !== settings.garments) void kit.wardrobe.wear(this.#settings.garments);
    configureParts(this.#settings, kit.tracker, kit);
    this.#phases.set({ engine: kit.tracker.engine, model: kit.tracker.model });
    return kit;
  }

  #onShown({ tracker: { engine, model } }: ReadyKit, seen: 'tracking' | 'searching' | null, isFirst: boolean): void {
    // A frame that changes nothing allocates nothing.
    if (this.#phases.phase.kind === 'running' && seen && seen !== this.#phases.state.status)
      this.#phases.enter({ type: 'see', seen }, { engine, model });
    else if (engine !== this.#phases.state.engine || model !== this.#phases.state.model)
      this.#phases.set({ engine, model });
    if (isFirst) this.#hooks.onChange();
  }

  /** Takes the bytes of one part of the kit: `tracker`, `mannequin`, or a garment's URL. `total`: 0 if unknown. */
  #onProgress(part: string, loaded: number, total: number): void {
    this.#progress.report(part, loaded, total);
    if (attemptOf(this.#phases.phase) && !runOf(this.#phases.phase))
      this.#phases.set({ progress: this.#progress.ratio });
    this.#hooks.onProgress(this.#progress.loaded, this.#progress.total);
  }

  #onWardrobe(): void {
    const { wardrobe, stage } = this.#kit?.scene ?? {};
    if (!wardrobe || !stage) return;
    stage.wear(wardrobe.worn);
    // Without this, garments would not change after the last frame of a source.
    if (this.tracked) stage.redraw();
    const { entries } = wardrobe;
    this.#phases.set({ size: entries[0]?.size ?? null, error: errorWith(entries, this.#phases.state.error) });
    this.#hooks.onChange();
  }

  /** Browsers take the GPU away from pages at times (a sleeping phone, a restarted driver) and usually give it back. */
  #onContextChange(): void {
    if (!attemptOf(this.#phases.phase)) return;
    if (this.#kit?.isContextLost) {
      const error = new FittingError('context-lost', 'The browser took the GPU away from the page.');
      this.#phases.enter({ type: 'lose' }, { error });
      this.#hooks.onError(error);
    } else {
      this.#kit?.scene?.stage.redraw();
      this.#phases.enter({ type: 'regain' }, { error: errorWith(this.wardrobe, null) });
    }
  }

  /** Ends the attempt by `event`; its pictures are forgotten when the last of its frames is done. */
  #leave(event: PhaseEvent, change: Partial<FittingState>): void {
    const run = runOf(this.#phases.phase);
    this.#phases.enter(event, change);
    if (run) void this.#ended.then(() => run.forget());
  }

  #dropKit(): void {
    this.#kit?.dispose();
    this.#kit = null;
  }

  async #fail(cause: unknown, signal: AbortSignal, assets: string): Promise<void> {
    const isStart = !signal.aborted && !this.tracked;
    const error = isStart ? await explain(cause, assets) : toFittingError(cause, 'engine-failed');
    if (signal.aborted) return;
    if (breaksKit(error)) this.#dropKit();
    this.#leave({ type: 'fail', error }, { error });
    this.#hooks.onError(error);
  }
}
