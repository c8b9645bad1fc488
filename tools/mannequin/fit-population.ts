/**
 * Computes the mean and the covariance of the mannequin's morph weights over the people of one sex of ANSUR II, the US
 * Army's survey of soldiers' bodies.
 *
 * 1. Take the mean and the covariance of the people's measures.
 * 2. Fit the morph weights of the mean person, and there derive the mannequin's measures by the morph weights. Over the
 *    people the measures are nearly linear in the weights, so one derivative serves all.
 * 3. The least-squares fit of a person's weights, around the mean person's, is then a linear map of the measures (the
 *    gain). So the covariance of the weights follows from that of the measures, and no person needs a fit.
 * 4. Add the covariance that the measures leave open (the posterior's).
 * 5. Widen the girths from soldiers to civilians, along the weights' regression on the waist girth.
 */
import { type Mannequin, type MorphName, morphIndex, morphNames } from '../../src/mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../../src/mannequin/shape-mannequin.ts';
import { importance } from './fit-weights.ts';
import { formMorphs } from './form-morphs.ts';
import { measureBody } from './measure-body.ts';
import { solveLinear } from './solve-linear.ts';
import type { AnsurMeasure } from './tabulate.ts';
import { trunkBreadths } from './widen-trunk.ts';

/** Measures that are fitted, in the order of all vectors of measures here. */
export const fittedMeasures = Object.keys(importance) as AnsurMeasure[];

/** The people of one sex. Vectors of weights are in the order of `morphNames`; weights have no unit. */
export interface FittedPopulation {
  mean: number[];
  /** MORPH_COUNT rows of MORPH_COUNT values. */
  covariance: number[][];
  /** The covariance before step 5: the soldiers'. */
  soldiers: number[][];
  /** Mean of each measure of the people, metres, in the order of `fittedMeasures`. */
  measureMean: number[];
  /** Standard deviation of each measure over the people, metres. */
  measureSd: number[];
}

/**
 * Standard deviation of the difference between a measure of the mean person and the mannequin's, for a measure of
 * importance 1, metres: the mannequin is no exact mean body.
 */
const MEAN_MISFIT_METRES = 0.01;
/**
 * Standard deviation of the part of a person's difference from the mean person that the mannequin cannot show, for each
 * measure, metres: its morphs are fewer than the differences between people. With 5 mm the breadths and depths of drawn
 * bodies vary as people's do; with the importances' 1 to 2.5 cm for them, waists are flat or round half as often again.
 */
const PERSON_MISFIT_METRES = 0.005;
/** The same for the depth of the chest, on which the posture of the back has a share: the bust must not follow it. */
const CHEST_DEPTH_MISFIT_METRES = 0.03;

/**
 * Standard deviation of a morph weight before anything is measured, around the preset's. The presets of the 5th and the
 * 95th percentile are 2 to 3 weights apart, that is a standard deviation of 0.6 to 0.9. The shoulders' morphs, which no
 * measure determines, keep it: 1.5 cm of height and 0.8 cm of deltoid. Between people of equal stature and weight, the
 * acromion's height over the pit above the breastbone and under the nape's bone varies by 1.3 cm, that over the armpit
 * by 1.0 cm; how far the deltoids stand out from the acromia by 0.7 cm.
 */
const OPEN_SD = 1;
/** The bust's: chest girth and depth hardly distinguish bust and rib cage. 0.8 is 2 cm of girth, a cup size. */
const OPEN_BUST_SD = { female: 0.8, male: 0.2 } as const;

/**
 * Standard deviation of the waist girth after step 5, metres. The army's is 10 cm for women and 11 cm for men, its
 * thinnest woman has 61 cm. US civilians' 5th and 95th percentile (NHANES: women about 71 and 125 cm, men about 76 and
 * 127 cm) are those of a standard deviation of 16 cm, but around a mean 8 to 12 cm higher. Around the army's mean, 14.5
 * cm put women's waists of 57 and 115 cm at 2 standard deviations.
 */
const CIVILIAN_WAIST_SD = 0.145;

/**
 * The trunk's breadths, as morph weights, which are centimetres on each side: standard deviation of one level from the
 * mean of all, and of that mean. A trunk that is broader as a whole has a larger girth; so the mean hardly varies by
 * itself.
 */
const BREADTH_SD = 0.8;
const MEAN_BREADTH_SD = 0.15;

/** Morphs of lengths and breadths of the skeleton: step 5 leaves them as they are. */
const SKELETON: readonly MorphName[] = [
  'trunkLength',
  'neckLength',
  'upperArmLength',
  'lowerArmLength',
  'upperLegLength',
  'lowerLegLength',
  'shoulderBreadth',
  'hipBreadth',
  'headSize',
];

/** Gauss–Newton rounds of the mean person's fit, and the change of a morph weight for the numerical derivatives. */
const ROUNDS = 3;
const DERIVATIVE_STEP = 0.5;

/** Rows of values. */
type Matrix = number[][];

/**
 * Returns the population of one sex.
 *
 * @param mannequin the body with its morphs: its shapes are measured, and its presets are the starting points.
 * @param columns the people's values by lower-case column name, metres, as `readAnsur` reads them.
 */
export function fitPopulation(
  mannequin: Mannequin,
  sex: 'female' | 'male',
  columns: ReadonlyMap<string, number[]>,
): FittedPopulation {
  const people = fittedMeasures.map((name) => columns.get(name)!);
  const measureMean = people.map(mean);
  const measureCovariance = people.map((a, i) =>
    people.map((b, j) => mean(a.map((value, k) => (value - measureMean[i]!) * (b[k]! - measureMean[j]!)))),
  );
  const preset = [...mannequin.presets[`${sex}-50`]!];
  const measure = createMeasure(mannequin);
  let weights = preset;
  const meanMisfits = fittedMeasures.map((name) => MEAN_MISFIT_METRES / importance[name]!);
  let jacobian: Matrix = [];
  for (let round = 0; round < ROUNDS; round++) {
    jacobian = derive(measure, weights);
    const { gain } = solveGain(jacobian, sex, meanMisfits);
    // Gauss–Newton with the preset as the prior: the residual is relative to the measures of the preset, linearised.
    const measured = measure(weights);
    const residual = measured.map(
      (value, i) =>
        measureMean[i]! - value + jacobian[i]!.reduce((sum, slope, m) => sum + slope * (weights[m]! - preset[m]!), 0),
    );
    weights = preset.map((weight, m) => weight + dot(gain[m]!, residual));
  }
  const personMisfits = fittedMeasures.map((name) =>
    name === 'chestdepth' ? CHEST_DEPTH_MISFIT_METRES : PERSON_MISFIT_METRES,
  );
  const { gain, open } = solveGain(jacobian, sex, personMisfits);
  const explained = multiply(multiply(gain, measureCovariance), transpose(gain));
  const soldiers = explained.map((row, m) => row.map((value, n) => value + open[m]![n]!));
  return {
    mean: weights,
    covariance: widen(soldiers, jacobian[fittedMeasures.indexOf('waistcircumference')]!),
    soldiers,
    measureMean,
    measureSd: measureCovariance.map((row, i) => Math.sqrt(row[i]!)),
  };
}

/** Returns a function that measures the mannequin with the given weights: metres, in the order of `fittedMeasures`. */
export function createMeasure(mannequin: Mannequin): (weights: ArrayLike<number>) => number[] {
  const shape = createMannequinShape(mannequin);
  return (weights) => {
    const measured = measureBody(mannequin, shapeMannequin(mannequin, weights, shape), false);
    return fittedMeasures.map((name) => measured[name]!);
  };
}

/** Derives the measures by the weights, metres per weight: a row of MORPH_COUNT values for each measure. */
function derive(measure: (weights: readonly number[]) => number[], weights: readonly number[]): Matrix {
  const byMorph = weights.map((_, m) => {
    if (formMorphs.includes(morphNames[m]!)) return fittedMeasures.map(() => 0);
    const more = measure(weights.map((weight, n) => (n === m ? weight + DERIVATIVE_STEP : weight)));
    const less = measure(weights.map((weight, n) => (n === m ? weight - DERIVATIVE_STEP : weight)));
    return more.map((value, i) => (value - less[i]!) / (2 * DERIVATIVE_STEP));
  });
  return transpose(byMorph);
}

/**
 * Returns the `gain`, which maps differences of measures to those of weights by least squares with a prior, and `open`,
 * the covariance of the weights that remains when the measures are known. `jacobian`: from `derive`; `misfits`:
 * standard deviations of the measures, metres.
 */
function solveGain(
  jacobian: Matrix,
  sex: 'female' | 'male',
  misfits: readonly number[],
): { gain: Matrix; open: Matrix } {
  const precision = misfits.map((misfit) => misfit ** -2);
  const normal = morphNames.map((name, m) =>
    morphNames.map((_, n) => {
      const sum = jacobian.reduce((total, row, i) => total + row[m]! * precision[i]! * row[n]!, 0);
      return m === n ? sum + (name === 'bust' ? OPEN_BUST_SD[sex] : OPEN_SD) ** -2 : sum;
    }),
  );
  const open = transpose(
    morphNames.map((_, m) =>
      solveLinear(
        normal.map((row) => [...row]),
        morphNames.map((_, n) => (n === m ? 1 : 0)),
      ),
    ),
  );
  spreadBreadths(open);
  const weighted = transpose(jacobian.map((row, i) => row.map((slope) => slope * precision[i]!)));
  return { gain: multiply(open, weighted), open };
}

/** Writes the covariance of the trunk's breadths, which no measure determines, into that of the weights. */
function spreadBreadths(covariance: Matrix): void {
  const indices = trunkBreadths.map((name) => morphIndex[name]);
  for (const m of indices) {
    for (const n of indices)
      covariance[m]![n] = BREADTH_SD ** 2 * ((m === n ? 1 : 0) - 1 / indices.length) + MEAN_BREADTH_SD ** 2;
  }
}

/**
 * Widens the girths: adds variance along the direction in which the girth morphs change, on average over people, with
 * the waist girth, until its standard deviation is `CIVILIAN_WAIST_SD`. Whatever of the girths the waist does not tell
 * keeps its spread. `slopes`: derivatives of the waist girth by the weights, metres.
 */
function widen(covariance: Matrix, slopes: readonly number[]): Matrix {
  const withWaist = covariance.map((row) => dot(row, slopes));
  const variance = dot(withWaist, slopes);
  /** Change of each weight per metre of waist. */
  const direction = withWaist.map((value, m) => (SKELETON.includes(morphNames[m]!) ? 0 : value / variance));
  // Without the skeleton's morphs the direction changes the waist by a little less than 1 metre per metre.
  const added = (CIVILIAN_WAIST_SD ** 2 - variance) / dot(direction, slopes) ** 2;
  return covariance.map((row, m) => row.map((value, n) => value + added * direction[m]! * direction[n]!));
}

/** Returns the arithmetic mean. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function transpose(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, j) => matrix.map((row) => row[j]!));
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const columns = transpose(b);
  return a.map((row) => columns.map((column) => dot(row, column)));
}
