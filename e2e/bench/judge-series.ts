import { median, trend } from './statistics.ts';

/** What is filling up at first (caches, compiled code, pools) may settle for so many frames; in a short run for half of it. */
export function settlingFrames(frames: number): number {
  return Math.min(500, Math.floor(frames / 2));
}
/** A rise that runs out: in the first half of what follows it is at least so many times that of the second. One that goes on evenly is as large in both. */
const RUNS_OUT = 2.5;
/** A rise from the first to the last quarter of what follows (their medians), as a share of the first, that still counts as flat. */
const FLAT_SHARE = 0.02;

/** One quantity over the frames of a run. */
export interface Series {
  name: string;
  /** What is added and taken away at once: one object, or what a heap breathes by. A rise by so much still counts as flat. */
  slack: number;
  frames: readonly number[];
  values: readonly number[];
}

export interface Verdict {
  name: string;
  /** At the first sample after the settling. */
  atSettled: number;
  atEnd: number;
  slopePer1000: number;
  /** `levels`: more than flat, but running out, as what is filled up or compiled once does; a leak goes on. */
  verdict: 'flat' | 'levels' | 'grows';
}

/** The criterion, in words. */
export function criterion(frames: number): string {
  return `flat: from frame ${settlingFrames(frames)} on, the median of the last quarter lies no more than ${100 * FLAT_SHARE} % above that of the first, or no more than comes and goes at once; levels: higher, but at least ${RUNS_OUT} times as much of it in the first half as in the second; slopes by least squares`;
}

/** Whether something piles up. Needs three samples after the settling. */
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
  const runsOut = middle - ys[0] >= RUNS_OUT * (ys[ys.length - 1] - middle);
  const verdict = rise <= Math.max(slack, FLAT_SHARE * early) ? 'flat' : runsOut ? 'levels' : 'grows';
  return { name, atSettled: ys[0], atEnd: ys[ys.length - 1], slopePer1000: 1000 * slope, verdict };
}
