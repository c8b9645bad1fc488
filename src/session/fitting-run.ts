// A run plays one source from its first frame to its last. `ready` resets the loaded parts and asks the browser whether
// the shopper prefers reduced motion; then each frame is
//
// 1. read and tracked (`runFrames`): landmarks and mask of the person;
// 2. solved and fitted (`solveFrame`): the posed body, and the garments on its shape;
// 3. drawn (`Stage.draw`);
// 4. timed, for the metrics and for the quality keeper, which adapts the quality to the speed of the device;
// 5. reported by `onShown`.
import type { Body } from '../body/body.ts';
import { type BodyMeasurer, createBodyMeasurer, type Measurements } from '../body/create-body-measurer.ts';
import { describeBody } from '../body/describe-body.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { runInSlices } from '../math/sliced.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import type { SnapshotOptions } from '../scene/stage.ts';
import { describeTracked, type Tracked } from '../tracking/describe-tracked.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { abortable } from './abortable.ts';
import { checkSnapshot } from './check-snapshot.ts';
import type { FrameMetrics, FrameTimes } from './frame-metrics.ts';
import { MetricsRecorder } from './metrics-recorder.ts';
import { prefersReducedMotion } from './prefers-reduced-motion.ts';
import { QualityKeeper } from './quality-keeper.ts';
import type { ReadyKit } from './ready-kit.ts';
import { roundMeasurements } from './round-measurements.ts';
import { type FrameSlot, runFrames } from './run-frames.ts';
import { resetFrameSolver, solveBody, solveFrame } from './solve-frame.ts';

/** Debounce of the status: it becomes `searching` after this much source time without a person, milliseconds. */
const LOST_AFTER_MS = 400;

/** What a run needs, and what it reports. */
export interface FittingRunOptions {
  /** The loaded parts: tracker, mannequin, stage, solver, posed body and wardrobe. */
  kit: ReadyKit;
  /** Gives the frames to play, one by one. Closed with the run. */
  source: FrameSource;
  /** Whether the tracker's model may be changed to suit the speed of the device. */
  isModelFree: boolean;
  /** Ends the run when it aborts. */
  signal: AbortSignal;
  /** Awaited before each frame is shown; pending while the session is paused. */
  gate: () => Promise<void> | undefined;
  /**
   * Called when a frame was drawn. `seen` is `tracking` when a person is in it, `searching` after `LOST_AFTER_MS`
   * without a person, and null in between: the status stays.
   */
  onShown: (seen: 'tracking' | 'searching' | null, isFirst: boolean) => void;
  /** Called when the tracker still holds a frame at the end of the run. */
  onTrackerStuck: () => void;
}

/** Creates a run, which shows nothing before `ready` and `play` are called. */
export function createRun(options: FittingRunOptions): FittingRun {
  return new FittingRun(options);
}

/** Plays one source, once; see the top of this file. */
export class FittingRun {
  readonly #options: FittingRunOptions;
  readonly #metrics = new MetricsRecorder();
  /** Of the last frame; reused, so that a frame allocates nothing. */
  readonly #times: FrameTimes = { trackingMs: 0, bodyMs: 0, renderMs: 0, latencyMs: 0 };
  readonly #quality: QualityKeeper;
  #tracked: TrackedFrame | null = null;
  /** `#tracked` in the form that pages read, made when a page asks for it. */
  #described: Tracked | null = null;
  /** `timeMs` of the last frame with a person in it. */
  #lastFoundMs = -Infinity;
  #isOver = false;
  #bodyMeasurer: BodyMeasurer | null = null;

  constructor(options: FittingRunOptions) {
    this.#options = options;
    const { kit, source, isModelFree, signal } = options;
    const { tracker, stage, wardrobe } = kit;
    this.#quality = new QualityKeeper({ tracker, stage, garments: wardrobe.outfit, source, isModelFree, signal });
  }

  /** Landmarks and mask found in the frame that is shown, as pages read them; null before the first. */
  get tracked(): Tracked | null {
    return this.#tracked && (this.#described ??= describeTracked(this.#tracked));
  }

  /** Whether the source has ended: its last picture stays. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Speed of this run: medians of the last 60 frames. */
  get metrics(): FrameMetrics {
    return this.#metrics.read(this.#options.source.dropped ?? 0);
  }

  /** Joints (metres, camera space) and measures (centimetres) of the body in that frame; null while none is found. */
  get body(): Body | null {
    const { posed } = this.#options.kit;
    return this.#tracked && posed.found ? describeBody(posed, this.#measurer) : null;
  }

  /** Forgets the pictures of the shopper, and what was learnt of their body. Only after the run has ended. */
  forget(): void {
    const { kit, source } = this.#options;
    kit.stage.forget();
    kit.tracker.reset();
    resetFrameSolver(kit.solver, source.live);
  }

  /** Leaves the time until the next frame out of the metrics, because it contains a pause. */
  skip(): void {
    this.#metrics.skip();
  }

  /**
   * Resets tracker, solver and quality, and prepares the GPU; call it before `play`. Rejects only with the signal's
   * reason.
   */
  async ready(): Promise<void> {
    const { kit, source, signal } = this.#options;
    kit.tracker.reset();
    resetFrameSolver(kit.solver, source.live);
    kit.solver.isDepthMeasured = kit.tracker.measuresDepth === true;
    kit.wardrobe.outfit.swings = !prefersReducedMotion();
    await abortable(Promise.all([this.#quality.ready(), kit.stage.prepare()]), signal);
  }

  /**
   * Resolves when the source has ended or the run is aborted. Rejects with the error of source, tracker or drawing, and
   * with `source-unreadable` when no frame was shown.
   */
  async play(): Promise<void> {
    const { kit, signal, gate, onTrackerStuck } = this.#options;
    const shown = await runFrames({
      source: this.#quality.source,
      tracker: kit.tracker,
      signal,
      gate,
      show: (slot) => this.#show(slot),
      onTrackerStuck,
    });
    if (signal.aborted) return;
    if (shown === 0)
      throw new FittingError(
        'source-unreadable',
        'The source gave no picture; a FrameSource is closed with its session and cannot be used again: set `source` to a new one.',
      );
    this.#isOver = true;
  }

  /**
   * Encodes the frame that is shown, unmirrored, as an image file. `layers`: `scene` (default), `garment` or `frame`;
   * `type`: MIME type, `image/png` by default; `quality`: 0..1. Throws a `RangeError` for other layers or types.
   */
  snapshot(options: SnapshotOptions): Promise<Blob> {
    checkSnapshot(options);
    return this.#options.kit.stage.snapshot(options);
  }

  /**
   * Girths and lengths of the person, centimetres to the millimetre with 90 % intervals; null for each that was not seen. They are
   * narrower when the page has set the person's height.
   */
  measure(): Measurements {
    return roundMeasurements(this.#measurer.measure(this.#options.kit.posed));
  }

  /** Made when a page asks first: its tapes are cut in some milliseconds. */
  get #measurer(): BodyMeasurer {
    const { mannequin, solver } = this.#options.kit;
    return (this.#bodyMeasurer ??= createBodyMeasurer(mannequin, solver.body));
  }

  /**
   * Solves, fits and draws a frame. Until a person was found, each of the three in tasks of its own: the first fit to a
   * body and its first drawing take several times as long as later ones, and the page must not stand still.
   */
  #show(slot: FrameSlot): Promise<void> | undefined {
    const { posed, solver, stage } = this.#options.kit;
    const { frame, tracked } = slot;
    // The source's time has jumped back (a video starts again), and the person was not found since.
    if (tracked.timeMs < solver.previousTimeMs) this.#lastFoundMs = -Infinity;
    if (this.#lastFoundMs === -Infinity) return this.#showInTurns(slot);
    const startedAtMs = performance.now();
    solveFrame(solver, tracked, posed);
    const solvedAtMs = performance.now();
    stage.draw(frame, tracked, posed);
    this.#report(slot, solvedAtMs - startedAtMs, performance.now() - solvedAtMs);
    return undefined;
  }

  async #showInTurns(slot: FrameSlot): Promise<void> {
    const { kit, signal } = this.#options;
    const { posed, solver, stage } = kit;
    const { frame, tracked } = slot;
    const startedAtMs = performance.now();
    solveBody(solver, tracked, posed);
    let bodyMs = performance.now() - startedAtMs;
    await yieldToEventLoop();
    // Not counted: later frames do without it.
    await runInSlices(kit.wardrobe.outfit.settle(posed, tracked.timeMs), signal);
    const fitsAtMs = performance.now();
    solver.garments.fit(posed, tracked.timeMs);
    bodyMs += performance.now() - fitsAtMs;
    await yieldToEventLoop();
    if (signal.aborted) return;
    const drawsAtMs = performance.now();
    stage.draw(frame, tracked, posed);
    this.#report(slot, bodyMs, performance.now() - drawsAtMs);
  }

  /** Records and reports a drawn frame. `bodyMs`, `renderMs`: how long solving with fitting, and drawing, took. */
  #report({ frame, tracked, sentAtMs, trackedAtMs }: FrameSlot, bodyMs: number, renderMs: number): void {
    const { kit, onShown } = this.#options;
    const drawnAtMs = performance.now();
    const isFirst = this.#tracked === null;
    this.#tracked = tracked;
    this.#described = null;
    const times = this.#times;
    times.trackingMs = trackedAtMs - sentAtMs;
    times.bodyMs = bodyMs;
    times.renderMs = renderMs;
    times.latencyMs = drawnAtMs - sentAtMs;
    this.#metrics.add(drawnAtMs, times);
    this.#quality.add(frame.timeMs, times.trackingMs, bodyMs + renderMs);
    if (kit.posed.found) this.#lastFoundMs = frame.timeMs;
    const isMissing = frame.timeMs - this.#lastFoundMs > LOST_AFTER_MS;
    onShown(kit.posed.found ? 'tracking' : isMissing ? 'searching' : null, isFirst);
  }
}
