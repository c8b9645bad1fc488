import type { Joints } from './compare-landmarks.ts';
import { compareLandmarks, compareWithTruth } from './compare-landmarks.ts';
import type { ContestantName, TrackingRun } from './page/tracking-page.ts';
import type { Spread } from './statistics.ts';
import { mean, median, quantile, spread } from './statistics.ts';

/**
 * The figures that `--json` writes. `ours`: this project's tracker; a contestant: it, or one of its rivals. Null: not
 * measured.
 */
export interface TrackingReport {
  /** BlazePose's landmark model, and the engine of this project's tracker. */
  model: string;
  engine: string;
  frames: number;
  /** Time of each contestant for a frame, milliseconds. */
  msMedian: Record<ContestantName, number | null>;
  /** The rival's time divided by ours: above 1, ours is faster. */
  ratioVsMediapipe: number | null;
  ratioVsTasksVision: number | null;
  /** Our time divided by that of the landmark network alone. */
  overheadVsRaw: number | null;
  /** Time for which our tracker keeps the page's thread busy in a frame, milliseconds, 95th percentile. */
  mainThreadMsP95: number;
  /** Distances between our landmarks and MediaPipe's: pixels, and shares of the torso's length. */
  parityPx: Spread;
  parityTorso: Spread;
  /** Mean intersection over union, 0..1, of our mask and MediaPipe's. */
  maskIoU: number;
  /** Mean distance of joints from the truth, as a share of the torso's length. */
  truthErrorTorso: { ours: number; mediapipe: number };
}

/** Returns the number of first frames whose times do not count, while caches warm up: at most a third of the run. */
export function warmUpFrames(frames: number): number {
  return Math.min(5, Math.floor(frames / 3));
}

/** Everything from which the figures are computed. */
export interface TrackingEvidence {
  model: string;
  engine: string;
  /** A run of all contestants: times (ms), landmarks and masks' agreement by frame. */
  run: TrackingRun;
  /** A run of this project's tracker alone, on the same frames. */
  alone: TrackingRun;
  /** A run over a clip with exactly known joints, and these joints by frame, pixels. */
  rendered: TrackingRun;
  truth: readonly Joints[];
}

/** Returns the times after the warm-up, without NaN (a frame in which no person was found), milliseconds. */
export function countedMs(ms: readonly number[]): number[] {
  return ms.slice(warmUpFrames(ms.length)).filter(Number.isFinite);
}

/** Returns the median of the counted times, milliseconds; null without times. */
function medianOf(ms: readonly number[] | undefined): number | null {
  return ms ? median(countedMs(ms)) : null;
}

/** Returns a / b; null if either is null. */
function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a / b;
}

/** Sums up the runs of `npm run bench -- tracking`. */
export function judgeTracking({ model, engine, run, alone, rendered, truth }: TrackingEvidence): TrackingReport {
  const msMedian: TrackingReport['msMedian'] = {
    ours: medianOf(run.ms.ours),
    mediapipe: medianOf(run.ms.mediapipe),
    tasksVision: medianOf(run.ms.tasksVision),
    raw: medianOf(run.ms.raw),
    bodySegmentation: medianOf(run.ms.bodySegmentation),
  };
  const frames = run.ours.length;
  const parity = compareLandmarks(run.ours, run.mediapipe);
  return {
    model,
    engine,
    frames,
    msMedian,
    ratioVsMediapipe: ratio(msMedian.mediapipe, msMedian.ours),
    ratioVsTasksVision: ratio(msMedian.tasksVision, msMedian.ours),
    overheadVsRaw: ratio(msMedian.ours, msMedian.raw),
    mainThreadMsP95: quantile(alone.busyMs.slice(warmUpFrames(frames)), 0.95),
    parityPx: spread(parity.px),
    parityTorso: spread(parity.torso),
    maskIoU: mean(run.maskIoU),
    truthErrorTorso: {
      ours: mean(compareWithTruth(rendered.ours, truth)),
      mediapipe: mean(compareWithTruth(rendered.mediapipe, truth)),
    },
  };
}
