import { trend } from './statistics.ts';

/** What is filling up at first (caches, compiled code, pools) may settle until here. */
export const SETTLED_FRAMES = 500;
/** A rise of the fitted line over all the frames after that, as a share of the value there, that still counts as flat. */
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
  /** At the first sample from `SETTLED_FRAMES` on. */
  atSettled: number;
  atEnd: number;
  slopePer1000: number;
  verdict: 'flat' | 'grows';
}

/** The criterion, in words. */
export const criterion = `flat: the line fitted from frame ${SETTLED_FRAMES} to the end rises by no more than ${100 * FLAT_SHARE} % of its beginning, or by what comes and goes at once`;

/** Null when there are fewer than three samples to judge by. */
export const judgeSeries = ({ name, slack, frames, values }: Series): Verdict | null => {
  const first = frames.findIndex((frame) => frame >= SETTLED_FRAMES);
  if (first < 0 || frames.length - first < 3) return null;
  const xs = frames.slice(first);
  const ys = values.slice(first);
  const { slope } = trend(xs, ys);
  const rise = slope * (xs[xs.length - 1] - xs[0]);
  const verdict = rise <= Math.max(slack, FLAT_SHARE * ys[0]) ? 'flat' : 'grows';
  return { name, atSettled: ys[0], atEnd: ys[ys.length - 1], slopePer1000: 1000 * slope, verdict };
};
