import { Matrix3, Vector3 } from 'three';
import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';

/** Lengths that tell a man from a woman and a tall person from a short one. */
const tellingLengths = [
  'trunkLength',
  'upperArmLength',
  'lowerArmLength',
  'upperLegLength',
  'lowerLegLength',
  'shoulderBreadth',
] as const satisfies readonly MorphName[];
/** Standard deviation of a length as it is learned from landmarks, in morph weights: about a centimetre and a half. */
const LENGTH_ERROR = 0.4;
/** Standard deviation of a girth as it is learned from a silhouette, and between the girths of one person, in morph weights. */
const GIRTH_ERROR = 0.6;
/** Standard deviation of the sex (−1 female, 1 male) that all measures together tell, besides their own: what is seen wrong alike in all of them. */
const SEX_ERROR = 0.5;
/** The 95th percentile lies so many standard deviations above the mean, and the 5th below. */
const P95 = 1.645;
/** A girth of the trunk counts as the clothes' as far as it lies further above what lengths and neck let expect, in standard deviations of build. */
const CLOTHES_FROM = 1;

/** A girth that was seen. */
export interface SeenGirth {
  morph: number;
  /** Its morph weight. */
  weight: number;
  /** 0..1. */
  trust: number;
  /** Whether clothes lie over it, so that it is at most so much. */
  isClothed: boolean;
}

/** What the presets, which are means and percentiles of both sexes, let expect of somebody. */
export interface BuildModel {
  /**
   * Writes the morph weights to expect (MORPH_COUNT) into `target`: for the sex, size and build that suit the lengths in `shape`
   * and the girths seen, which are themselves cut down to what is the body's. Allocates nothing.
   */
  expect(shape: ArrayLike<number>, seen: readonly SeenGirth[], target: Float32Array): Float32Array;
}

const equations = new Matrix3();
const solution = new Vector3();

/** People as a space through the presets: weight = mean + sex × difference of the sexes + (size + build) × difference of the percentiles. */
export function createBuildModel({ presets }: Mannequin): BuildModel {
  const mean = new Float32Array(MORPH_COUNT);
  const bySex = new Float32Array(MORPH_COUNT);
  const bySize = new Float32Array(MORPH_COUNT);
  for (let m = 0; m < MORPH_COUNT; m++) {
    mean[m] = (presets['female-50'][m] + presets['male-50'][m]) / 2;
    bySex[m] = (presets['male-50'][m] - presets['female-50'][m]) / 2;
    bySize[m] =
      (presets['female-95'][m] - presets['female-5'][m] + presets['male-95'][m] - presets['male-5'][m]) / (4 * P95);
  }
  const lengths = tellingLengths.map((name) => morphIndex[name]);

  /** Adds an observation of morph `m` to the normal equations. */
  function add(m: number, weight: number, deviation: number, isGirth: boolean): void {
    const { elements } = equations;
    const certainty = 1 / deviation ** 2;
    for (let i = 0; i < 3; i++) {
      const a = factor(m, i, isGirth);
      for (let j = 0; j < 3; j++) elements[3 * j + i] += certainty * a * factor(m, j, isGirth);
      solution.setComponent(i, solution.getComponent(i) + certainty * a * (weight - mean[m]));
    }
  }
  const factor = (m: number, unknown: number, isGirth: boolean): number =>
    unknown === 0 ? bySex[m] : unknown === 1 || isGirth ? bySize[m] : 0;

  /**
   * Sex, size and build to expect, into `solution`, by least squares; of the girths the clothed ones or not. Size and build (in standard deviations of all people's
   * and of people's of one size) are drawn to their means. Sex has two values and no mean: if it is seen as s with the deviation σ, tanh(s / σ²) is to be expected.
   */
  function solve(shape: ArrayLike<number>, seen: readonly SeenGirth[], withClothed: boolean): void {
    solution.set(0, 0, 0);
    equations.identity().elements[0] = 0;
    for (const m of lengths) add(m, shape[m], LENGTH_ERROR, false);
    for (const { morph, weight, trust, isClothed } of seen) {
      if (trust > 0 && (withClothed || !isClothed)) add(morph, weight, GIRTH_ERROR / Math.sqrt(trust), true);
    }
    const { elements: covariance } = equations.invert();
    solution.applyMatrix3(equations);
    const change = Math.tanh(solution.x / (covariance[0] + SEX_ERROR ** 2)) - solution.x;
    for (let i = 0; i < 3; i++)
      solution.setComponent(i, solution.getComponent(i) + (covariance[i] / covariance[0]) * change);
  }
  const expected = (m: number): number => mean[m] + solution.x * bySex[m] + (solution.y + solution.z) * bySize[m];

  return {
    expect(shape, seen, target) {
      solve(shape, seen, false);
      for (const girth of seen) {
        if (girth.isClothed)
          girth.weight = Math.min(girth.weight, expected(girth.morph) + CLOTHES_FROM * bySize[girth.morph]);
      }
      solve(shape, seen, true);
      for (let m = 0; m < MORPH_COUNT; m++) target[m] = expected(m);
      return target;
    },
  };
}
