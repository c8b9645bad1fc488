import type { Body } from '../body/body.ts';
import type { Measurements } from '../body/create-body-measurer.ts';
import { FittingError } from '../errors.ts';
import type { SnapshotOptions } from '../scene/stage.ts';
import type { Tracked } from '../tracking/describe-tracked.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { Attempt } from './attempt.ts';
import { closeSource } from './close-source.ts';
import { configureParts } from './configure-parts.ts';
import { breaksKit, FittingKit } from './fitting-kit.ts';
import { type FrameMetrics, NO_METRICS } from './frame-metrics.ts';
import { loadStages, type Stages } from './load-stages.ts';
import { PageSource } from './page-source.ts';
import { attemptOf, IDLE, isHeld, nextPhase, type Phase, type PhaseEvent, runOf, statusOf } from './phase.ts';
import { Progress } from './progress.ts';
import type { ReadyKit } from './ready-kit.ts';
import type { SessionHooks, SessionOptions } from './session-hooks.ts';
import { type FittingSettings, idsOf, isOtherSource, isOtherTracker } from './settings.ts';
import { errorWith, type FittingState, IDLE_STATE, nextState } from './state.ts';
import { toFittingError } from './to-fitting-error.ts';
import type { WardrobeEntry } from './wardrobe.ts';

export type { Body, FrameMetrics, Measurements, SnapshotOptions, Tracked };

/**
 * One fitting room without its element: from settings to drawn frames. A failure of the world (no camera, no network)
 * ends in `state.error` and `onError`; `start` never rejects. `phase.ts` holds the state machine. Steps of a start:
 *
 * 1. prepare the kit: code, tracker, mannequin, garments (status `loading`);
 * 2. wait until the previous start has given back tracker and stage;
 * 3. open the source (status `asking` for the camera);
 * 4. play the run: track, solve and draw every frame (status `searching` or `tracking`).
 */
export class FittingSession {
  readonly #hooks: SessionHooks;
  readonly #loadStages: () => Promise<Stages>;
  readonly #loadedTrackers: WeakSet<Tracker>;
  readonly #progress = new Progress();
  readonly #pageSource = new PageSource();
  #settings: FittingSettings;
  #state: FittingState = IDLE_STATE;
  #phase: Phase = IDLE;
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
    this.#loadStages = options.load ?? loadStages;
    this.#loadedTrackers = options.loadedTrackers ?? new WeakSet();
    this.#state = nextState(IDLE_STATE, { garment: idsOf(settings) });
  }

  get state(): FittingState {
    return this.#state;
  }

  /** What is known of the garments to wear; empty before the mannequin is loaded. */
  get wardrobe(): readonly WardrobeEntry[] {
    return this.#kit?.scene?.wardrobe.entries ?? [];
  }

  /** The canvas with the picture; null before the mannequin is loaded. */
  get canvas(): HTMLCanvasElement | null {
    return this.#kit?.scene?.stage.canvas ?? null;
  }

  /** What was found in the frame that is shown; null before the first. */
  get tracked(): Tracked | null {
    return runOf(this.#phase)?.tracked ?? null;
  }

  /** The body in the frame that is shown; null while no person is found. */
  get body(): Body | null {
    return runOf(this.#phase)?.body ?? null;
  }

  /** Frames a second, and times in milliseconds: medians of the last 60 frames; all 0 before the first frame. */
  get metrics(): FrameMetrics {
    return runOf(this.#phase)?.metrics ?? NO_METRICS;
  }

  /** Whether the source has ended: its last picture stays, and `pause` has no effect. */
  get isOver(): boolean {
    return runOf(this.#phase)?.isOver ?? false;
  }

  /** Applies new settings. While the session runs, a new source or tracker starts anew; garments change in place. */
  configure(settings: FittingSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    this.#pageSource.keepOnly(settings.source);
    this.#set({ garment: idsOf(settings) });
    if (attemptOf(this.#phase) && (isOtherSource(before, settings) || isOtherTracker(before, settings)))
      return void this.#begin();
    const { tracker, scene } = this.#kit ?? {};
    void scene?.wardrobe.wear(settings.garments);
    if (scene) configureParts(settings, tracker ?? null, scene);
  }

  /**
   * Starts, or resumes after `pause`. During a start it waits for that one. Resolves when the first frame is drawn, or
   * when the start has failed or was superseded: `state` tells which. Garments that failed are loaded again.
   */
  start(): Promise<void> {
    const attempt = attemptOf(this.#phase);
    if (!attempt || this.#phase.kind === 'lost') return this.#begin();
    this.#enter({ type: 'resume' });
    if (this.wardrobe.some(({ error }) => error))
      void this.#kit?.scene?.wardrobe.wear(this.#settings.garments, { again: true });
    return attempt.first.promise;
  }

  /** Stops showing frames; the camera and the last picture stay. No effect after the end of a source, as of a photo. */
  pause(): void {
    this.#enter({ type: 'pause' });
  }

  /** Ends the attempt and closes the source (the camera). Loaded parts stay for the next start. */
  stop(): void {
    this.#enter({ type: 'stop' }, { error: null, progress: 0 });
  }

  /** Closes the source and disposes of all loaded parts. The session can be started again, and then loads them anew. */
  dispose(): void {
    this.#dropKit();
    this.#enter({ type: 'stop' }, { ...IDLE_STATE, garment: idsOf(this.#settings) });
    this.#pageSource.keepOnly(null);
  }

  /** The last drawn frame as an image file. Rejects before the first, and with `RangeError` for unknown options. */
  async snapshot(options?: SnapshotOptions | null): Promise<Blob> {
    const run = runOf(this.#phase);
    if (!run?.tracked)
      throw new Error('fitting-room: there is no picture yet; call snapshot() after the first `track` event.');
    return run.snapshot(options ?? {});
  }

  /** Centimetres with 90 % intervals; null for a measure that was not seen. Rejects before the first tracked frame. */
  async measure(): Promise<Measurements> {
    const run = runOf(this.#phase);
    if (!run?.tracked)
      throw new Error('fitting-room: no person was seen yet; call measure() while the status is `tracking`.');
    return run.measure();
  }

  /** Enters the next phase, ends what only the last one owned, and sets `change` together with the new status. */
  #enter(event: PhaseEvent, change: Partial<FittingState> = {}): void {
    const before = this.#phase;
    const after = nextPhase(before, event);
    this.#phase = after;
    const attempt = attemptOf(after);
    if (attemptOf(before) !== attempt) attemptOf(before)?.end();
    else if (isHeld(before) && !isHeld(after)) runOf(after)?.skip();
    if (isHeld(after)) attempt?.gate.close();
    else attempt?.gate.open();
    // Closing a source may have called back and changed the phase again: use the present one.
    this.#set({ ...change, status: statusOf(this.#phase) });
  }

  #begin(): Promise<void> {
    // A start while the GPU is lost makes a new stage with a new canvas.
    if (this.#kit?.isContextLost) this.#dropKit();
    const attempt = new Attempt();
    const settings = this.#settings;
    this.#pageSource.hold(settings.source);
    this.#progress.begin();
    this.#enter({ type: 'start', attempt }, { error: null, progress: 0, engine: null, model: null });
    // The owner may have called stop() in the callback.
    if (!attempt.signal.aborted)
      this.#ended = this.#perform(settings, attempt, this.#ended)
        .catch((cause: unknown) => this.#fail(cause, attempt.signal))
        .finally(attempt.first.resolve);
    return attempt.first.promise;
  }

  /** Performs one attempt, from loading to the end of the source. */
  async #perform(settings: FittingSettings, attempt: Attempt, previous: Promise<void>): Promise<void> {
    const { signal, gate } = attempt;
    let kit = await this.#prepare(settings, signal);
    await previous;
    signal.throwIfAborted();
    // The previous attempt may have dropped a tracker that hangs.
    if (this.#kit?.tracker !== kit.tracker) kit = await this.#prepare(settings, signal);
    await attempt.passed();
    if (settings.source === 'camera') this.#enter({ type: 'ask' });
    const source = await abortable(kit.stages.openAnySource(settings, signal), signal, closeSource);
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
    this.#enter({ type: 'play', run }, { progress: 1 });
    await run.play();
    if (!signal.aborted) this.#hooks.onChange();
  }

  async #prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit & { stages: Stages }> {
    this.#kit ??= new FittingKit({
      loadStages: this.#loadStages,
      loadedTrackers: this.#loadedTrackers,
      onProgress: (part, loaded, total) => this.#onProgress(part, loaded, total),
      onWardrobe: () => this.#onWardrobe(),
      onGarmentError: (error) => {
        this.#set({ error });
        this.#hooks.onError(error);
      },
      onContextChange: () => this.#onContextChange(),
    });
    const kit = await this.#kit.prepare(settings, signal);
    // Apply settings that have changed while the kit loaded.
    const { garments } = this.#settings;
    if (garments !== settings.garments) void kit.wardrobe.wear(garments);
    configureParts(this.#settings, kit.tracker, kit);
    this.#set({ engine: kit.tracker.engine, model: kit.tracker.model });
    return kit;
  }

  #onShown({ tracker: { engine, model } }: ReadyKit, seen: 'tracking' | 'searching' | null, isFirst: boolean): void {
    // A frame that changes nothing allocates nothing.
    if (this.#phase.kind === 'running' && seen && seen !== this.#state.status)
      this.#enter({ type: 'see', seen }, { engine, model });
    else if (engine !== this.#state.engine || model !== this.#state.model) this.#set({ engine, model });
    if (isFirst) this.#hooks.onChange();
  }

  /** Takes the bytes of one part of the kit: `tracker`, `mannequin`, or a garment's URL. `total`: 0 if unknown. */
  #onProgress(part: string, loaded: number, total: number): void {
    this.#progress.report(part, loaded, total);
    if (this.#phase.kind === 'loading') this.#set({ progress: this.#progress.ratio });
    this.#hooks.onProgress(this.#progress.loaded, this.#progress.total);
  }

  #onWardrobe(): void {
    const { wardrobe, stage } = this.#kit?.scene ?? {};
    if (!wardrobe || !stage) return;
    stage.wear(wardrobe.worn);
    // Without this, garments would not change after the last frame of a source.
    if (this.tracked) stage.redraw();
    const { entries } = wardrobe;
    this.#set({ size: entries[0]?.size ?? null, error: errorWith(entries, this.#state.error) });
    this.#hooks.onChange();
  }

  /** Browsers take the GPU away from pages at times (a sleeping phone, a restarted driver) and usually give it back. */
  #onContextChange(): void {
    if (!attemptOf(this.#phase)) return;
    if (this.#kit?.isContextLost) {
      const error = new FittingError('context-lost', 'The browser took the GPU away from the page.');
      this.#enter({ type: 'lose' }, { error });
      this.#hooks.onError(error);
    } else {
      this.#kit?.scene?.stage.redraw();
      this.#enter({ type: 'regain' }, { error: errorWith(this.wardrobe, null) });
    }
  }

  #dropKit(): void {
    this.#kit?.dispose();
    this.#kit = null;
  }

  #fail(cause: unknown, signal: AbortSignal): void {
    if (signal.aborted) return;
    const error = toFittingError(cause, 'engine-failed');
    if (breaksKit(error)) this.#dropKit();
    this.#enter({ type: 'fail', error }, { error });
    this.#hooks.onError(error);
  }

  /** Changes `state` and tells the owner, if `change` changes something. */
  #set(change: Partial<FittingState>): void {
    const next = nextState(this.#state, change);
    if (next === this.#state) return;
    this.#state = next;
    this.#hooks.onChange();
  }
}
