// Judges the samples of `npm run bench -- soak`: does memory, or a number of objects, grow as long as a room runs?
import { median, trend } from './statistics.ts';

/**
 * Returns the number of frames at the beginning of a run of `frames` frames that are not judged, while caches, pools
 * and compiled code fill up: at most half of the run.
 */
export function settlingFrames(frames: number): number {
  return Math.min(500, Math.floor(frames / 2));
}
/**
 * A rise runs out if the first half of the judged frames has at least 2.5 times the rise of the second. An even rise
 * has a ratio of 1.
 */
const MIN_RISE_RATIO = 2.5;
/**
 * Largest rise that counts as flat: from the median of the first quarter to that of the last, as a share of the first.
 */
const FLAT_SHARE = 0.02;

/** A quantity, sampled at some frames of a run. */
export interface Series {
  /** What the table calls it. */
  name: string;
  /**
   * Usual fluctuation of the quantity: one object, for example, or the code that a heap gains and loses. A rise up to
   * it counts as flat.
   */
  slack: number;
  /** Numbers of the frames after which a sample was taken, and the samples, in the quantity's own unit. */
  frames: readonly number[];
  values: readonly number[];
}

/** What `judgeSeries` says of a quantity; values in its own unit. */
export interface Verdict {
  name: string;
  /** Values at the first judged sample and at the last. */
  atSettled: number;
  atEnd: number;
  /** Rise for each 1000 frames, by least squares. */
  slopePer1000: number;
  /**
   * `levels`: it rises, but the rise runs out, as with caches and compiled code. `grows`: it goes on rising, as a leak
   * does.
   */
  verdict: 'flat' | 'levels' | 'grows';
}

/** Returns the sentence that explains the verdicts of a run of `frames` frames. */
export function criterion(frames: number): string {
  return `flat: from frame ${settlingFrames(frames)} on, the median of the last quarter is at most ${100 * FLAT_SHARE} %, or the usual fluctuation, above that of the first; levels: higher, but the first half rises at least ${MIN_RISE_RATIO} times as much as the second; slopes by least squares`;
}

/**
 * Judges whether a quantity goes on growing until the end of the run. Needs at least three samples after
 * `settlingFrames`.
 */
export function judgeSeries({ name, slack, frames, values }: Series): Verdict {
  const settled = settlingFrames(frames[frames.length - 1]);
  const first = frames.findIndex((frame) => frame >= settled);
  const xs = frames.slice(first);
  const ys = values.slice(first);
  const { slope } = trend(xs, ys);
  const quarter = Math.ceil(ys.length / 4);
  const early = median(ys.slice(0, quarter));
  const rise = median(ys.slice(-quarter)) - early;
  const middle = ys[Math.floor((ys.length - 1) / 2)];
  const runsOut = middle - ys[0] >= MIN_RISE_RATIO * (ys[ys.length - 1] - middle);
  const verdict = rise <= Math.max(slack, FLAT_SHARE * early) ? 'flat' : runsOut ? 'levels' : 'grows';
  return { name, atSettled: ys[0], atEnd: ys[ys.length - 1], slopePer1000: 1000 * slope, verdict };
}
