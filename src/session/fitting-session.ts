import type { Body } from '../body/body.ts';
import type { Measurements } from '../body/measure-body.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import type { SnapshotOptions } from '../scene/stage.ts';
import type { Tracked } from '../tracking/describe-tracked.ts';
import type { Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { closeSource } from './close-source.ts';
import { createDeferred } from './deferred.ts';
import { FittingKit, type ReadyKit } from './fitting-kit.ts';
import type { FittingRun } from './fitting-run.ts';
import type { FrameMetrics } from './frame-metrics.ts';
import { Gate } from './gate.ts';
import { loadStages, type Stages } from './load-stages.ts';
import { openAnySource } from './open-any-source.ts';
import { Progress } from './progress.ts';
import { type FittingSettings, isFrameSource, isOtherSource, isOtherTracker } from './settings.ts';
import { type FittingState, idleState, nextState } from './state.ts';
import type { WardrobeEntry } from './wardrobe.ts';

export type { Body, FrameMetrics, Measurements, SnapshotOptions, Tracked };

/** What a session tells its owner. Called synchronously; must not throw. */
export interface SessionHooks {
  /** `state`, `wardrobe` or `canvas` changed, or the first frame is there. */
  onChange: () => void;
  /** A frame was drawn: `tracked` and `body` belong to it. */
  onTrack: () => void;
  onError: (error: FittingError) => void;
  /** Bytes. */
  onProgress: (loaded: number, total: number) => void;
}

/**
 * One fitting room at work: owns the loop, the lifetime of everything taken and the one try/catch round a frame. Knows no
 * element. What fails in the world ends in `state.error` and `onError`, never in a rejection of `start`.
 */
export class FittingSession {
  readonly #hooks: SessionHooks;
  readonly #loadStages: () => Promise<Stages>;
  readonly #progress = new Progress();
  readonly #gate = new Gate();
  readonly #loadedTrackers: WeakSet<Tracker>;
  #settings: FittingSettings;
  #state: FittingState = idleState;
  /** Loaded things, kept from one run to the next. */
  #kit: FittingKit | null = null;
  #run: AbortController | null = null;
  /** The run's part that shows frames, once there is a source. */
  #frames: FittingRun | null = null;
  #started: Promise<void> = Promise.resolve();
  /** Settles when the last run has let go of tracker and stage. */
  #ended: Promise<void> = Promise.resolve();
  /** A source of the page's that a start has taken over: closed here, also when it never came to be used. */
  #taken: FrameSource | null = null;
  #wasPaused: FittingState['status'] | null = null;
  #contextLost = false;
  /** The status that the loss of the GPU hides. */
  #hidden: FittingState['status'] = 'idle';

  /** `loadedTrackers`: the page's own trackers that are loaded already, by earlier sessions of the same owner. */
  constructor(
    settings: FittingSettings,
    hooks: SessionHooks,
    load: () => Promise<Stages> = loadStages,
    loadedTrackers = new WeakSet<Tracker>(),
  ) {
    this.#settings = settings;
    this.#hooks = hooks;
    this.#loadStages = load;
    this.#loadedTrackers = loadedTrackers;
    this.#state = nextState(idleState, { garment: idsOf(settings) });
  }

  get state(): FittingState {
    return this.#state;
  }

  get wardrobe(): readonly WardrobeEntry[] {
    return this.#kit?.wardrobe?.entries ?? [];
  }

  /** Where the picture is; null before the first start. */
  get canvas(): HTMLCanvasElement | null {
    return this.#kit?.stage?.canvas ?? null;
  }

  get tracked(): Tracked | null {
    return this.#frames?.tracked ?? null;
  }

  get body(): Body | null {
    return this.#frames?.body ?? null;
  }

  get metrics(): FrameMetrics {
    return this.#frames?.metrics ?? noMetrics;
  }

  /** Whether the source has ended: its last picture stands, and there is nothing to pause. */
  get isOver(): boolean {
    return this.#frames?.isOver ?? false;
  }

  /** Takes over new settings. While running, another source or tracker begins anew; garments change in place. */
  configure(settings: FittingSettings): void {
    const before = this.#settings;
    this.#settings = settings;
    if (this.#taken !== settings.source) this.#giveBack();
    this.#set({ garment: idsOf(settings) });
    if (this.#run && (isOtherSource(before, settings) || isOtherTracker(before, settings))) {
      this.#started = this.#begin();
      return;
    }
    const kit = this.#kit;
    kit?.solver?.body.setStature(settings.stature);
    if (kit?.wardrobe) {
      void kit.wardrobe.wear(settings.garments);
      kit.wardrobe.keepOnly(settings.sources);
    }
  }

  /**
   * Starts, or resumes after `pause`; while running with the same settings, the start under way. Resolves once the first
   * frame is drawn, or the start has failed or been superseded: `state` says which. Garments that failed are tried again.
   */
  start(): Promise<void> {
    if (!this.#run || this.#contextLost) {
      this.#started = this.#begin();
      return this.#started;
    }
    if (this.#state.status === 'paused') this.#resume();
    if (this.wardrobe.some(({ error }) => error))
      void this.#kit?.wardrobe?.wear(this.#settings.garments, { again: true });
    return this.#started;
  }

  /** Keeps the camera, lets the picture stand. No effect unless frames are coming (a photo has none to come). */
  pause(): void {
    const { status } = this.#state;
    if ((status !== 'searching' && status !== 'tracking') || this.isOver) return;
    this.#wasPaused = status;
    this.#gate.close();
    this.#set({ status: 'paused' });
  }

  /** Gives the camera back. What was loaded stays for the next start. */
  stop(): void {
    this.#end();
    this.#set({ status: 'idle', error: null, progress: 0 });
  }

  /** Gives everything back; the session can be started again, from nothing. */
  dispose(): void {
    this.#end();
    this.#giveBack();
    this.#dropKit();
    this.#set({ ...idleState, garment: idsOf(this.#settings) });
  }

  /** The last drawn frame, encoded. Rejects when nothing has been drawn yet. */
  async snapshot(options?: SnapshotOptions | null): Promise<Blob> {
    if (!this.#frames?.tracked)
      throw new Error('fitting-room: there is no picture yet; call snapshot() after the first `track` event.');
    return this.#frames.snapshot(options ?? {});
  }

  /** Measurements of the person in the picture; each one null where it cannot be told. Rejects before the first tracked frame. */
  async measure(): Promise<Measurements> {
    if (!this.#frames?.tracked)
      throw new Error('fitting-room: nobody has been seen yet; call measure() while the status is `tracking`.');
    return this.#frames.measure(this.#settings.stature !== null);
  }

  async #begin(): Promise<void> {
    this.#end();
    // Who will not wait for the GPU to come back by itself gets everything anew, with a canvas of its own.
    if (this.#contextLost) this.#dropKit();
    const run = new AbortController();
    this.#run = run;
    const { signal } = run;
    const settings = this.#settings;
    this.#taken = isFrameSource(settings.source) ? settings.source : null;
    this.#progress.reset();
    for (const [part, bytes] of expectedBytes) this.#progress.expect(part, bytes);
    this.#set({ status: 'loading', error: null, progress: 0, engine: null, model: null });
    const first = createDeferred();
    const ended = this.#ended;
    this.#ended = this.#live(settings, signal, ended, first.resolve)
      .catch((cause: unknown) => {
        if (!signal.aborted) this.#fail(cause);
      })
      .finally(first.resolve);
    await first.promise;
  }

  /** From loading to the source's end. */
  async #live(
    settings: FittingSettings,
    signal: AbortSignal,
    previous: Promise<void>,
    onFirst: () => void,
  ): Promise<void> {
    let kit = await this.#prepare(settings, signal);
    await previous;
    signal.throwIfAborted();
    // The run before may have left a tracker that hangs.
    if (this.#kit?.tracker !== kit.tracker) kit = await this.#prepare(settings, signal);
    await this.#gpuBack(signal);
    if (settings.source === 'camera') this.#set({ status: 'asking' });
    const source = await abortable(openAnySource(kit.stages, settings, signal), signal, closeSource);
    signal.addEventListener('abort', () => closeSource(source), { once: true });
    await this.#gpuBack(signal);
    const frames = new kit.stages.FittingRun({
      kit,
      source,
      isModelFree: settings.model === 'auto' && settings.tracker === null,
      signal,
      gate: () => this.#gate.passage,
      onShown: (status, isFirst) => {
        this.#onShown(kit, status, isFirst);
        if (isFirst) onFirst();
        // The owner may have stopped at the news.
        if (!signal.aborted) this.#hooks.onTrack();
      },
      onTrackerStuck: () => this.#kit?.dropTracker(kit.tracker),
    });
    await frames.ready();
    signal.throwIfAborted();
    this.#frames = frames;
    this.#set({ status: 'searching', progress: 1 });
    await frames.play();
    if (!signal.aborted) this.#hooks.onChange();
  }

  async #prepare(settings: FittingSettings, signal: AbortSignal): Promise<ReadyKit> {
    this.#kit ??= new FittingKit({
      loadStages: this.#loadStages,
      loadedTrackers: this.#loadedTrackers,
      onProgress: (part, loaded, total) => this.#onProgress(part, loaded, total),
      onWardrobe: () => this.#onWardrobe(),
      onGarmentError: (error) => {
        this.#set({ error });
        this.#hooks.onError(error);
      },
      onContextChange: (lost) => this.#onContextChange(lost),
    });
    const kit = await this.#kit.prepare(settings, signal);
    // What changed while it loaded counts.
    const { garments, sources, stature } = this.#settings;
    if (garments !== settings.garments) void kit.wardrobe.wear(garments);
    kit.wardrobe.keepOnly(sources);
    kit.solver.body.setStature(stature);
    this.#set({ engine: kit.tracker.engine, model: kit.tracker.model });
    return kit;
  }

  #onShown({ tracker: { engine, model } }: ReadyKit, seen: 'tracking' | 'searching' | null, isFirst: boolean): void {
    const { state } = this;
    const status = seen && this.#wasPaused === null && !this.#contextLost ? seen : state.status;
    // Nothing is made for a frame without news.
    if (status !== state.status || engine !== state.engine || model !== state.model)
      this.#set({ status, engine, model });
    if (isFirst) this.#hooks.onChange();
  }

  #onProgress(part: string, loaded: number, total: number): void {
    this.#progress.report(part, loaded, total);
    if (this.#state.status === 'loading') this.#set({ progress: this.#progress.ratio });
    this.#hooks.onProgress(this.#progress.loaded, this.#progress.total);
  }

  #onWardrobe(): void {
    const { wardrobe, stage } = this.#kit ?? {};
    if (!wardrobe) return;
    stage?.wear(wardrobe.worn);
    // While frames come, the next one shows it.
    if (this.tracked) stage?.redraw();
    const { entries } = wardrobe;
    const failed = entries.find((entry) => entry.error)?.error ?? null;
    const isGarments = this.#state.error?.code.startsWith('garment-') ?? false;
    this.#set({
      size: entries[0]?.size ?? null,
      error: isGarments || (failed && !this.#state.error) ? failed : this.#state.error,
    });
    this.#hooks.onChange();
  }

  /** The GPU is taken away from pages at times (a sleeping phone, a driver's restart) and usually given back. */
  #onContextChange(lost: boolean): void {
    if (this.#contextLost === lost) return;
    this.#contextLost = lost;
    if (!this.#run) return;
    if (lost) {
      this.#hidden = this.#state.status;
      const error = new FittingError('context-lost', 'The browser took the GPU away from the page.');
      this.#gate.close();
      this.#set({ status: 'error', error });
      this.#hooks.onError(error);
    } else {
      this.#kit?.stage?.redraw();
      const error = this.wardrobe.find((entry) => entry.error)?.error ?? null;
      // Who was seen before is looked for first.
      this.#set({ status: this.#hidden === 'tracking' ? 'searching' : this.#hidden, error });
      if (this.#hidden !== 'paused') this.#resume();
    }
  }

  /** A start goes no further while the GPU is away. */
  async #gpuBack(signal: AbortSignal): Promise<void> {
    while (this.#contextLost && this.#gate.passage) await abortable(this.#gate.passage, signal);
    signal.throwIfAborted();
  }

  #resume(): void {
    const status = this.#wasPaused;
    this.#wasPaused = null;
    this.#frames?.skip();
    this.#gate.open();
    if (status && this.#state.status === 'paused') this.#set({ status });
  }

  /** Ends the run under way, if any; closes its source. */
  #end(): void {
    this.#run?.abort(new DOMException('The fitting was stopped or started anew.', 'AbortError'));
    this.#run = null;
    this.#frames = null;
    this.#wasPaused = null;
    this.#gate.open();
  }

  /** Closes what the page gave. */
  #giveBack(): void {
    if (this.#taken) closeSource(this.#taken);
    this.#taken = null;
  }

  #dropKit(): void {
    this.#kit?.dispose();
    this.#kit = null;
    this.#contextLost = false;
  }

  #fail(cause: unknown): void {
    const error =
      cause instanceof FittingError
        ? cause
        : new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
    this.#end();
    // A broken tracker or context is not used again: the next start makes new ones.
    if (breaksKit.has(error.code)) this.#dropKit();
    this.#set({ status: 'error', error });
    this.#hooks.onError(error);
  }

  #set(change: Partial<FittingState>): void {
    const next = nextState(this.#state, change);
    if (next === this.#state) return;
    this.#state = next;
    this.#hooks.onChange();
  }
}

/** What the large parts weigh, roughly, until they have answered. */
const expectedBytes = [
  ['tracker', 15e6],
  ['mannequin', 1e6],
] as const;

const breaksKit: ReadonlySet<FittingErrorCode> = new Set([
  'engine-failed',
  'context-lost',
  'model-unreachable',
  'unsupported-browser',
]);

function idsOf({ garments }: FittingSettings): string {
  return garments.map(({ id }) => id).join(' ');
}

/** Before the first frame. */
const noMetrics: FrameMetrics = Object.freeze({
  fps: 0,
  trackingMs: 0,
  bodyMs: 0,
  renderMs: 0,
  latencyMs: 0,
  dropped: 0,
});
