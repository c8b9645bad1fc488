import type { Body, PosedBody } from '../body/body.ts';
import type { Measurements } from '../body/measure-body.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError, type FittingErrorCode } from '../errors.ts';
import type { SnapshotLayers, SnapshotOptions } from '../scene/stage.ts';
import type { TrackedFrame, Tracker } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { closeSource } from './close-source.ts';
import { createDeferred } from './deferred.ts';
import { FittingKit } from './fitting-kit.ts';
import { MetricsRecorder, type FrameMetrics } from './frame-metrics.ts';
import { loadStages, type Stages } from './load-stages.ts';
import { Gate } from './gate.ts';
import { Progress } from './progress.ts';
import { runFrames, type FrameSlot } from './run-frames.ts';
import { isFrameSource, isOtherSource, isOtherTracker, type FittingSettings } from './settings.ts';
import { idleState, nextState, type FittingState } from './state.ts';
import type { WardrobeEntry } from './wardrobe.ts';

export type { Body, FrameMetrics, Measurements, SnapshotOptions, TrackedFrame };

/** Nobody seen for so long (source time) before the status says so: a head turned away for a moment is no news. */
const LOST_AFTER_MS = 400;
/** A gap in a live source (hidden page, sleeping phone) after which the shopper may be another: what was learned is forgotten. */
const GAP_MS = 3000;

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
  readonly #metrics = new MetricsRecorder();
  readonly #loadedTrackers: WeakSet<Tracker>;
  #settings: FittingSettings;
  #state: FittingState = idleState;
  /** Loaded things, kept from one run to the next. */
  #kit: FittingKit | null = null;
  #run: AbortController | null = null;
  #started: Promise<void> = Promise.resolve();
  /** Settles when the last run has let go of tracker and stage. */
  #ended: Promise<void> = Promise.resolve();
  #source: FrameSource | null = null;
  /** A source of the page's that a start has taken over: closed here, also when it never came to be used. */
  #taken: FrameSource | null = null;
  #tracked: TrackedFrame | null = null;
  #lastFoundMs = -Infinity;
  #lastFrameMs = -Infinity;
  #wasPaused: FittingState['status'] | null = null;
  #contextLost = false;
  /** The status that the loss of the GPU hides. */
  #hidden: FittingState['status'] = 'idle';
  #isOver = false;

  /** `loadedTrackers`: the page's own trackers that are loaded already, by earlier sessions of the same owner. */
  constructor(settings: FittingSettings, hooks: SessionHooks, load: () => Promise<Stages> = loadStages, loadedTrackers = new WeakSet<Tracker>()) {
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

  get tracked(): TrackedFrame | null {
    return this.#tracked;
  }

  get body(): Body | null {
    const { posed, mannequin, stages } = this.#kit ?? {};
    return this.#tracked && posed?.found && mannequin && stages ? stages.describeBody(posed, mannequin) : null;
  }

  get metrics(): FrameMetrics {
    return this.#metrics.read(this.#source?.dropped ?? 0);
  }

  /** Whether the source has ended: its last picture stands, and there is nothing to pause. */
  get isOver(): boolean {
    return this.#isOver;
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
    kit?.solver?.setStature(settings.stature);
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
    if (this.wardrobe.some(({ error }) => error)) void this.#kit?.wardrobe?.wear(this.#settings.garments, { again: true });
    return this.#started;
  }

  /** Keeps the camera, lets the picture stand. No effect unless frames are coming (a photo has none to come). */
  pause(): void {
    const { status } = this.#state;
    if ((status !== 'searching' && status !== 'tracking') || this.#isOver) return;
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
    const { layers } = options ?? {};
    if (layers !== undefined && !Object.hasOwn(snapshotLayers, layers)) {
      throw new RangeError(`fitting-room: layers must be one of ${Object.keys(snapshotLayers).join(', ')}, not "${String(layers)}".`);
    }
    const stage = this.#kit?.stage;
    if (!stage || !this.#tracked) throw new Error('fitting-room: there is no picture yet; call snapshot() after the first `track` event.');
    return stage.snapshot(options ?? undefined);
  }

  /** Measurements of the person in the picture; each one null where it cannot be told. Rejects before the first tracked frame. */
  async measure(): Promise<Measurements> {
    const { posed, mannequin, stages } = this.#kit ?? {};
    if (!this.#tracked || !posed || !mannequin || !stages) throw new Error('fitting-room: nobody has been seen yet; call measure() while the status is `tracking`.');
    return stages.measureBody(posed, mannequin, this.#settings.stature !== null);
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
    this.#ended = this.#live(settings, signal, ended, first.resolve).catch((cause: unknown) => {
      if (!signal.aborted) this.#fail(cause);
    }).finally(first.resolve);
    await first.promise;
  }

  /** From loading to the source's end. */
  async #live(settings: FittingSettings, signal: AbortSignal, previous: Promise<void>, onFirst: () => void): Promise<void> {
    let kit = await this.#prepare(settings, signal);
    await previous;
    signal.throwIfAborted();
    // The run before may have left a tracker that hangs.
    if (this.#kit?.tracker !== kit.tracker) kit = await this.#prepare(settings, signal);
    await this.#gpuBack(signal);
    if (settings.source === 'camera') this.#set({ status: 'asking' });
    const source = await abortable(openAny(kit, settings, signal), signal, closeSource);
    signal.addEventListener('abort', () => closeSource(source), { once: true });
    await this.#gpuBack(signal);
    this.#source = source;
    this.#lastFoundMs = this.#lastFrameMs = -Infinity;
    this.#metrics.clear();
    kit.tracker.reset();
    kit.solver.reset();
    this.#set({ status: 'searching', progress: 1 });
    const shown = await runFrames({
      source,
      tracker: kit.tracker,
      signal,
      gate: () => this.#gate.passage,
      show: (slot) => {
        this.#show(kit, source, slot);
        onFirst();
      },
      onTrackerStuck: () => this.#kit?.dropTracker(kit.tracker),
    });
    if (signal.aborted) return;
    if (shown === 0) throw new FittingError('source-unreadable', 'The source gave no picture; a closed FrameSource cannot be used again.');
    this.#isOver = true;
    this.#hooks.onChange();
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
    kit.solver.setStature(stature);
    this.#set({ engine: kit.tracker.engine, model: kit.tracker.model });
    return kit;
  }

  #show(kit: ReadyKit, source: FrameSource, slot: FrameSlot): void {
    const { posed, solver, wardrobe, stage } = kit;
    const { frame, tracked } = slot;
    if (source.live && frame.timeMs - this.#lastFrameMs > GAP_MS) solver.reset();
    this.#lastFrameMs = frame.timeMs;
    const beganAt = performance.now();
    solver.solve(tracked, posed);
    wardrobe.fit(posed.shape, posed.shapeVersion);
    const solvedAt = performance.now();
    stage.draw(frame, tracked, posed);
    const drawnAt = performance.now();
    const isFirst = this.#tracked === null;
    this.#tracked = tracked;
    this.#metrics.add(drawnAt, slot.trackedAt - slot.sentAt, solvedAt - beganAt, drawnAt - solvedAt, drawnAt - slot.receivedAt);
    this.#noteWhether(posed, frame.timeMs);
    if (isFirst) this.#hooks.onChange();
    // The owner may have stopped at the news.
    if (this.#tracked === tracked) this.#hooks.onTrack();
  }

  #noteWhether({ found }: PosedBody, timeMs: number): void {
    if (found) this.#lastFoundMs = timeMs;
    if (this.#wasPaused !== null || this.#contextLost) return;
    if (found) this.#set({ status: 'tracking' });
    else if (timeMs - this.#lastFoundMs > LOST_AFTER_MS) this.#set({ status: 'searching' });
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
    if (this.#tracked) stage?.redraw();
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
    this.#metrics.skip();
    this.#gate.open();
    if (status && this.#state.status === 'paused') this.#set({ status });
  }

  /** Ends the run under way, if any; closes its source. */
  #end(): void {
    this.#run?.abort(new DOMException('The fitting was stopped or started anew.', 'AbortError'));
    this.#run = null;
    this.#source = null;
    this.#isOver = false;
    this.#tracked = null;
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
    const error = cause instanceof FittingError ? cause : new FittingError('engine-failed', cause instanceof Error ? cause.message : String(cause), { cause });
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

type ReadyKit = Awaited<ReturnType<FittingKit['prepare']>>;

/** What the large parts weigh, roughly, until they have answered. */
const expectedBytes = [['tracker', 15e6], ['mannequin', 1e6]] as const;

const breaksKit: ReadonlySet<FittingErrorCode> = new Set(['engine-failed', 'context-lost', 'model-unreachable', 'unsupported-browser']);

const idsOf = ({ garments }: FittingSettings): string => garments.map(({ id }) => id).join(' ');

const snapshotLayers: Record<SnapshotLayers, true> = { scene: true, garment: true, frame: true };

/** Rejects with a `FittingError`, or the signal's reason. */
async function openAny({ stages }: ReadyKit, { source, facing, assets }: FittingSettings, signal: AbortSignal): Promise<FrameSource> {
  if (source === 'mannequin') return new stages.PacedSource(new stages.MannequinSource({ assets }));
  try {
    return await stages.openSource(source, { facing, signal });
  } catch (cause) {
    if (signal.aborted || cause instanceof FittingError) throw cause;
    throw new FittingError('source-unreadable', `The source could not be opened: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
