import type { BodyResult } from './judge-body.ts';
import { mean, median } from './statistics.ts';

/** The girths of which the errors are summed up. */
export const girths = ['chest', 'waist', 'hip'] as const;
/** A value for each of them, centimetres. */
type Girths = Record<(typeof girths)[number], number>;

/** Errors of some persons. */
interface BodyErrors {
  /** Medians of the absolute errors. */
  medianCm: Girths;
  /** Medians of solved minus true measures. */
  biasCm: Girths;
  /** `medianCm` of the persons of whom the picture shows the whole body, and of those cut off at the thighs. */
  wholeMedianCm: Girths;
  halfMedianCm: Girths;
  /** `medianCm` where the fitting room is not told the person's height. */
  withoutStatureMedianCm: Girths;
  /** Mean distance of solved and true joints of shoulders, arms and hips, centimetres. */
  jointErrorCm: number;
}

/** The figures of `npm run bench -- fit` for random bodies, or for bodies of another maker. */
export interface BodiesReport {
  /** By name of the clothes. */
  errors: Partial<Record<string, BodyErrors>>;
  /** Share of the true measures, 0..1, that lie in the 90 % intervals of `measure()`; null where it gives none. */
  coverage: { girths: number | null; lengths: number | null };
  /** Frames until all measures have settled: median and largest. */
  convergenceFrames: { median: number; max: number };
  /** The result of each person. */
  list: readonly BodyResult[];
}

/** Returns the values of `value` by girth. */
function ofGirths(value: (name: keyof Girths) => number): Girths {
  return Object.fromEntries(girths.map((name) => [name, value(name)])) as Girths;
}

/** Returns the medians of absolute errors by girth; `key`: with the stature, or without. */
function medians(results: readonly BodyResult[], key: 'error' | 'errorWithoutStature'): Girths {
  return ofGirths((name) => median(results.map((each) => Math.abs(each[key][name]))));
}

/** Sums up the results of the persons in one kind of clothes. */
function sumUp(results: readonly BodyResult[]): BodyErrors {
  const framed = (framing: BodyResult['framing']) => results.filter((each) => each.framing === framing);
  return {
    medianCm: medians(results, 'error'),
    biasCm: ofGirths((name) => median(results.map(({ error }) => error[name]))),
    wholeMedianCm: medians(framed('whole'), 'error'),
    halfMedianCm: medians(framed('half'), 'error'),
    withoutStatureMedianCm: medians(results, 'errorWithoutStature'),
    jointErrorCm: mean(results.map(({ jointError }) => jointError)),
  };
}

/** Returns the share of intervals that hold the truth; null without intervals. */
function coverage(results: readonly BodyResult[], key: 'girthIntervals' | 'lengthIntervals'): number | null {
  const hits: number[] = results.flatMap((each) =>
    Object.values(each[key]).map(({ low, high, truth }) => (truth >= low && truth <= high ? 1 : 0)),
  );
  return hits.length > 0 ? mean(hits) : null;
}

/** Sums up the results of some persons: for each, how far the solved body is from the true body. */
export function reportBodies(list: readonly BodyResult[]): BodiesReport {
  const worn = [...new Set(list.map(({ clothes }) => clothes))];
  const settled = list.map(({ convergenceFrames }) => convergenceFrames);
  return {
    errors: Object.fromEntries(
      worn.map((clothes) => [clothes, sumUp(list.filter((each) => each.clothes === clothes))]),
    ),
    coverage: { girths: coverage(list, 'girthIntervals'), lengths: coverage(list, 'lengthIntervals') },
    convergenceFrames: { median: median(settled), max: Math.max(...settled) },
    list,
  };
}
