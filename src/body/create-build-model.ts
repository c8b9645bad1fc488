import { type Mannequin, MORPH_COUNT, type MorphName, morphIndex } from '../mannequin/mannequin.ts';

/** Lengths that tell a man from a woman and a tall person from a short one. */
const tellingLengths = ['trunkLength', 'upperArmLength', 'lowerArmLength', 'upperLegLength', 'lowerLegLength', 'shoulderBreadth'] as const satisfies readonly MorphName[];
/** Standard deviation of a length as it is learned from landmarks, in morph weights: about a centimetre and a half. */
const LENGTH_ERROR = 0.4;
/** Of sex (−1 female, 1 male) and size (in standard deviations) before anything is known. */
const SEX_DEVIATION = 0.7;
const SIZE_DEVIATION = 1;
/** How far the girths' size lies from the lengths': people of one height are slight and heavy. */
const BUILD_DEVIATION = 1;
/** Standard deviation of a girth as it is learned from a silhouette, and between the girths of one person, in morph weights. */
const GIRTH_ERROR = 0.4;
/** The 95th percentile lies so many standard deviations above the mean, and the 5th below. */
const P95 = 1.645;

/** A girth that was seen. */
export interface SeenGirth {
  morph: number;
  /** Its morph weight. */
  weight: number;
  /** 0..1. */
  trust: number;
}

/** What the presets, which are means and percentiles of both sexes, let expect of somebody. */
export interface BuildModel {
  /**
   * Writes the morph weights to expect (MORPH_COUNT) into `target`: for the sex and size that suit the lengths in `shape`, as
   * heavy as the girths seen. Allocates nothing.
   */
  expect(shape: ArrayLike<number>, seen: readonly SeenGirth[], target: Float32Array): Float32Array;
}

/** People as a plane through the presets: weight = mean + sex × difference of the sexes + size × difference of the percentiles. */
export function createBuildModel({ presets }: Mannequin): BuildModel {
  const mean = new Float32Array(MORPH_COUNT);
  const bySex = new Float32Array(MORPH_COUNT);
  const bySize = new Float32Array(MORPH_COUNT);
  for (let m = 0; m < MORPH_COUNT; m++) {
    mean[m] = (presets['female-50'][m] + presets['male-50'][m]) / 2;
    bySex[m] = (presets['male-50'][m] - presets['female-50'][m]) / 2;
    bySize[m] = (presets['female-95'][m] - presets['female-5'][m] + presets['male-95'][m] - presets['male-5'][m]) / (4 * P95);
  }
  const lengths = tellingLengths.map((name) => morphIndex[name]);

  return {
    expect(shape, seen, target) {
      // Least squares for sex and size, each drawn to its mean.
      let aa = 1 / SEX_DEVIATION ** 2;
      let ab = 0;
      let bb = 1 / SIZE_DEVIATION ** 2;
      let ay = 0;
      let by = 0;
      for (const m of lengths) {
        const certainty = 1 / LENGTH_ERROR ** 2;
        aa += certainty * bySex[m] * bySex[m];
        ab += certainty * bySex[m] * bySize[m];
        bb += certainty * bySize[m] * bySize[m];
        ay += certainty * bySex[m] * (shape[m] - mean[m]);
        by += certainty * bySize[m] * (shape[m] - mean[m]);
      }
      const determinant = aa * bb - ab * ab;
      const sex = Math.min(1, Math.max(-1, (bb * ay - ab * by) / determinant));
      const size = (by - ab * sex) / bb;
      // And the girths' own size about that.
      let certainties = 1 / BUILD_DEVIATION ** 2;
      let sum = size / BUILD_DEVIATION ** 2;
      for (const { morph, weight, trust } of seen) {
        const certainty = trust / GIRTH_ERROR ** 2;
        certainties += certainty * bySize[morph] * bySize[morph];
        sum += certainty * bySize[morph] * (weight - mean[morph] - sex * bySex[morph]);
      }
      const build = sum / certainties;
      for (let m = 0; m < MORPH_COUNT; m++) target[m] = mean[m] + sex * bySex[m] + build * bySize[m];
      return target;
    },
  };
}
