import type { Joints } from './compare-landmarks.ts';
import { compareLandmarks, compareWithTruth } from './compare-landmarks.ts';
import type { ContestantName, TrackingRun } from './page/tracking-page.ts';
import type { Spread } from './statistics.ts';
import { mean, median, quantile, spread } from './statistics.ts';

/**
 * Figures of a run. Times are milliseconds, medians over frames unless the name says otherwise; ratios are quotients of
 * medians; distances in the name's unit: pixels, or shares of the torso's length; `maskIoU`: 0..1. Null: not measured.
 */
export interface TrackingReport {
  model: string;
  engine: string;
  frames: number;
  msMedian: Record<ContestantName, number | null>;
  ratioVsMediapipe: number | null;
  ratioVsTasksVision: number | null;
  overheadVsRaw: number | null;
  mainThreadMsP95: number;
  parityPx: Spread;
  parityTorso: Spread;
  maskIoU: number;
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
  /** A run of all contestants: this project's tracker and its rivals. */
  run: TrackingRun;
  /** A run of this project's tracker alone, on the same frames. */
  alone: TrackingRun;
  /** A run over a clip with exactly known joints, and these joints by frame. */
  rendered: TrackingRun;
  truth: readonly Joints[];
}

/** Returns the times after the warm-up, without NaN (a frame in which no person was found), milliseconds. */
export function countedMs(ms: readonly number[]): number[] {
  return ms.slice(warmUpFrames(ms.length)).filter(Number.isFinite);
}

function medianOf(ms: readonly number[] | undefined): number | null {
  return ms ? median(countedMs(ms)) : null;
}
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
