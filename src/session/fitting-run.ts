import type { Body } from '../body/body.ts';
import type { Measurements } from '../body/measure-body.ts';
import type { FrameSource } from '../capture/frame-source.ts';
import { FittingError } from '../errors.ts';
import { type SnapshotOptions, snapshotLayers } from '../scene/stage.ts';
import { describeTracked, type Tracked } from '../tracking/describe-tracked.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { ReadyKit } from './fitting-kit.ts';
import { type FrameMetrics, MetricsRecorder } from './frame-metrics.ts';
import { QualityKeeper } from './quality-keeper.ts';
import { type FrameSlot, runFrames } from './run-frames.ts';
import { resetFrameSolver, solveFrame } from './solve-frame.ts';

/** Nobody seen for so long (source time) before it is said: a head turned away for a moment is no news. */
const LOST_AFTER_MS = 400;

export interface FittingRunOptions {
  kit: ReadyKit;
  /** Closed with the run. */
  source: FrameSource;
  /** Whether the model may be chosen by how the frames go; else the tracker's stays. */
  isModelFree: boolean;
  signal: AbortSignal;
  /** Awaited before a frame is shown: the pause. */
  gate: () => Promise<void> | undefined;
  /** A frame was drawn; `status` is news where it is not null. */
  onShown: (status: 'tracking' | 'searching' | null, isFirst: boolean) => void;
  onTrackerStuck: () => void;
}

/** One source from its first frame to its last: each is tracked, solved, fitted and drawn, and the quality is kept to what the device can do. */
export class FittingRun {
  readonly #options: FittingRunOptions;
  readonly #metrics = new MetricsRecorder();
  readonly #quality: QualityKeeper;
  #tracked: TrackedFrame | null = null;
  /** `#tracked` as pages read it, once one of them has asked. */
  #described: Tracked | null = null;
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

  /** Whether the source has ended: its last picture stands. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get metrics(): FrameMetrics {
    return this.#metrics.read(this.#options.source.dropped ?? 0);
  }

  /** The body in the frame on show; null while nobody is found. */
  get body(): Body | null {
    const { posed, mannequin, stages } = this.#options.kit;
    return this.#tracked && posed.found ? stages.describeBody(posed, mannequin) : null;
  }

  /** The time until the next frame does not count (a pause lies in it). */
  skip(): void {
    this.#metrics.skip();
  }

  /** Sets everything to its beginning; a frame may be asked for after that. Rejects with the signal's reason only. */
  ready(): Promise<void> {
    const { kit, source } = this.#options;
    kit.tracker.reset();
    resetFrameSolver(kit.solver, source.live);
    kit.solver.isDepthMeasured = kit.tracker.measuresDepth === true;
    return this.#quality.ready();
  }

  /** Resolves when the source has ended or the run is aborted. Rejects as `runFrames`, and when the source gave no picture. */
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

  /** The frame on show, encoded. Throws `RangeError` for layers that there are none of. */
  snapshot(options: SnapshotOptions): Promise<Blob> {
    const { layers } = options;
    if (layers !== undefined && !snapshotLayers.includes(layers)) {
      throw new RangeError(
        `fitting-room: layers must be one of ${snapshotLayers.join(', ')}, not "${String(layers)}".`,
      );
    }
    return this.#options.kit.stage.snapshot(options);
  }

  measure(isStatureKnown: boolean): Measurements {
    const { posed, mannequin, stages } = this.#options.kit;
    return stages.measureBody(posed, mannequin, isStatureKnown);
  }

  #show({ frame, tracked, sentAt, trackedAt }: FrameSlot): void {
    const { kit, onShown } = this.#options;
    const { posed, solver, stage } = kit;
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
