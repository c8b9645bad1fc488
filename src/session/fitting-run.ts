import type { Body } from '../body/body.ts';
import { describeBody } from '../body/describe-body.ts';
import { type Measurements, measureBody } from '../body/measure-body.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import type { SnapshotOptions } from '../scene/stage.ts';
import { describeTracked, type Tracked } from '../tracking/describe-tracked.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import { checkSnapshot } from './check-snapshot.ts';
import { type FrameMetrics, MetricsRecorder } from './frame-metrics.ts';
import { QualityKeeper } from './quality-keeper.ts';
import type { ReadyKit } from './ready-kit.ts';
import { type FrameSlot, runFrames } from './run-frames.ts';
import { resetFrameSolver, solveFrame } from './solve-frame.ts';

/** Source time without a person before the status says so: a head turned away for a moment does not count. */
const LOST_AFTER_MS = 400;

export interface FittingRunOptions {
  kit: ReadyKit;
  /** Closed with the run. */
  source: FrameSource;
  /** Whether the model may be changed to fit the speed of the device; else the tracker keeps its own. */
  isModelFree: boolean;
  signal: AbortSignal;
  /** Awaited before a frame is shown: the pause. */
  gate: () => Promise<void> | undefined;
  /** A frame was drawn. `seen` is null while a person was missed only for a moment: the status then stays as it is. */
  onShown: (seen: 'tracking' | 'searching' | null, isFirst: boolean) => void;
  /** The tracker still holds a frame at the end of the run. */
  onTrackerStuck: () => void;
}

export function createRun(options: FittingRunOptions): FittingRun {
  return new FittingRun(options);
}

/**
 * One source from its first frame to its last. Each frame is tracked (`runFrames`), solved and fitted (`solveFrame`)
 * and drawn (`Stage.draw`); the times that this takes go to the metrics and to the quality keeper.
 */
export class FittingRun {
  readonly #options: FittingRunOptions;
  readonly #metrics = new MetricsRecorder();
  readonly #quality: QualityKeeper;
  #tracked: TrackedFrame | null = null;
  /** `#tracked` as pages read it, made when a page asks for it. */
  #described: Tracked | null = null;
  /** `timeMs` of the last frame with a person in it. */
  #lastFoundMs = -Infinity;
  #isOver = false;

  constructor(options: FittingRunOptions) {
    this.#options = options;
    const { kit, source, isModelFree, signal } = options;
    this.#quality = new QualityKeeper({ tracker: kit.tracker, stage: kit.stage, source, isModelFree, signal });
  }

  /** What was found in the frame on show; null before the first. */
  get tracked(): Tracked | null {
    return this.#tracked && (this.#described ??= describeTracked(this.#tracked));
  }

  /** Whether the source has ended: its last picture stays. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get metrics(): FrameMetrics {
    return this.#metrics.read(this.#options.source.dropped ?? 0);
  }

  /** The body in the frame on show; null while no person is found. */
  get body(): Body | null {
    const { posed, mannequin } = this.#options.kit;
    return this.#tracked && posed.found ? describeBody(posed, mannequin) : null;
  }

  /** Leaves the time until the next frame out of the metrics: a pause lies in it. */
  skip(): void {
    this.#metrics.skip();
  }

  /** Resets tracker, solver and quality; call it before `play`. Rejects with the reason of the signal only. */
  ready(): Promise<void> {
    const { kit, source } = this.#options;
    kit.tracker.reset();
    resetFrameSolver(kit.solver, source.live);
    kit.solver.isDepthMeasured = kit.tracker.measuresDepth === true;
    return this.#quality.ready();
  }

  /**
   * Resolves when the source has ended or the run is aborted. Rejects as `runFrames`, and when the source gave no
   * picture.
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

  /** The frame on show, encoded. Throws `RangeError` for layers or a type that do not exist. */
  snapshot(options: SnapshotOptions): Promise<Blob> {
    checkSnapshot(options);
    return this.#options.kit.stage.snapshot(options);
  }

  measure(isStatureKnown: boolean): Measurements {
    const { posed, mannequin } = this.#options.kit;
    return measureBody(posed, mannequin, isStatureKnown);
  }

  #show({ frame, tracked, sentAt, trackedAt }: FrameSlot): void {
    const { kit, onShown } = this.#options;
    const { posed, solver, stage } = kit;
    // The clip started again: the person was not seen in this round yet.
    if (tracked.timeMs < solver.previousTimeMs) this.#lastFoundMs = -Infinity;
    const beganAt = performance.now();
    solveFrame(solver, tracked, posed);
    const solvedAt = performance.now();
    stage.draw(frame, tracked, posed);
    const drawnAt = performance.now();
    const isFirst = this.#tracked === null;
    this.#tracked = tracked;
    this.#described = null;
    this.#metrics.add(drawnAt, trackedAt - sentAt, solvedAt - beganAt, drawnAt - solvedAt, drawnAt - sentAt);
    this.#quality.add(frame.timeMs, trackedAt - sentAt, drawnAt - beganAt);
    if (posed.found) this.#lastFoundMs = frame.timeMs;
    onShown(posed.found ? 'tracking' : frame.timeMs - this.#lastFoundMs > LOST_AFTER_MS ? 'searching' : null, isFirst);
  }
}
