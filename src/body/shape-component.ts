/**
 * One component of the mixture that describes a body before it is seen: people of one sex in one kind of clothes.
 *
 * 1. `createShapeComponent`: a normal distribution of the unknowns: the scale, the errors that measures share, the
 *    thickness of the clothes, of which negative values are made improbable, and the morph weights.
 * 2. `solveShapeComponent`: the most probable unknowns, given the evidence, by weighted least squares. Each round
 *    weighs the equations anew by their residuals, since what is seen larger than the body may be folds.
 * 3. `logDensity`: how probable other morph weights are then.
 */
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { factorCholesky, invertCholesky, logDeterminant, solveCholesky } from '../math/cholesky.ts';
import type { ShapeEvidence } from './shape-evidence.ts';
import { SHARED_ERRORS, SHARED_UNKNOWNS } from './shared-unknowns.ts';

/** Index of the scale among the unknowns. */
export const SCALE_UNKNOWN = 0;
/** Index of the first unknown that measures share: errors, then clothes. */
export const FIRST_SHARED_UNKNOWN = 1;
const FIRST_CLOTH_UNKNOWN = FIRST_SHARED_UNKNOWN + SHARED_ERRORS.length;
/**
 * Index of the first morph weight. The weights come last, so the last rows and columns of a component's factor are the
 * factor of the inverse of their own covariance (`logDensity`).
 */
export const FIRST_MORPH_UNKNOWN = FIRST_SHARED_UNKNOWN + SHARED_UNKNOWNS;
/** Number of unknowns. */
export const SHAPE_UNKNOWNS = FIRST_MORPH_UNKNOWN + MORPH_COUNT;

/**
 * Mean and standard deviation of the scale, true metres to one of the tracker's. The tracker takes everybody to be of
 * one size, so people between 1.5 and 2 m have scales of 0.9 to 1.2.
 */
const SCALE_MEAN = 1;
const SCALE_DEVIATION = 0.15;
/** Standard deviation of a thickness below 0, metres. */
const NEGATIVE_CLOTH_DEVIATION = 0.002;

/** People of one sex. */
export interface ShapePrior {
  /** Share among people, 0..1. */
  share: number;
  /** Mean of the morph weights, MORPH_COUNT. */
  mean: ArrayLike<number>;
  /** Their covariance, MORPH_COUNT × MORPH_COUNT, row after row. */
  covariance: ArrayLike<number>;
}

/** A kind of clothes. */
export interface ClothesPrior {
  /** Share among people, 0..1. */
  share: number;
  /**
   * Means and standard deviations of the thickness of the clothes over chest, waist, seat, arms and legs, metres, both
   * sides of the body together.
   */
  means: readonly number[];
  deviations: readonly number[];
  /** Correlation of the thickness of any two of the clothes. */
  correlation: number;
  /** Standard deviation by which the thickness at one place differs from that of the part of the body, metres. */
  unevenness: number;
}

/** A component and its current solution. Matrices are SHAPE_UNKNOWNS², row after row. */
export interface ShapeComponent {
  /** Share among people, 0..1. */
  readonly share: number;
  /** Variance of the thickness of the cloth from place to place, square metres. */
  readonly unevenVariance: number;
  /** Mean of the unknowns before anything is seen, SHAPE_UNKNOWNS. */
  readonly mean: Float64Array;
  /** Inverse of the prior's covariance. */
  readonly precision: Float64Array;
  /** `precision` · `mean`. */
  readonly weightedMean: Float64Array;
  /** Logarithm of the determinant of `precision`. */
  readonly logPrecision: number;
  /** The most probable unknowns, SHAPE_UNKNOWNS: scale, shared errors, clothes and morph weights. */
  readonly solution: Float64Array;
  /** Cholesky factor of the equations that the solution solves. */
  readonly factor: Float64Array;
  /** Logarithm of how probable the evidence is under this component, but for a constant. */
  logEvidence: number;
}

/** Creates a component; its solution is the prior's mean. Throws if the covariance is not positive definite. */
export function createShapeComponent(people: ShapePrior, clothes: ClothesPrior): ShapeComponent {
  const size = SHAPE_UNKNOWNS;
  const factor = new Float64Array(size * size);
  const mean = new Float64Array(size);
  for (let i = 0; i < MORPH_COUNT; i++) {
    const morph = FIRST_MORPH_UNKNOWN + i;
    mean[morph] = people.mean[i];
    for (let j = 0; j < MORPH_COUNT; j++)
      factor[morph * size + FIRST_MORPH_UNKNOWN + j] = people.covariance[i * MORPH_COUNT + j];
  }
  mean[SCALE_UNKNOWN] = SCALE_MEAN;
  factor[SCALE_UNKNOWN * (size + 1)] = SCALE_DEVIATION ** 2;
  SHARED_ERRORS.forEach((error, i) => {
    mean[FIRST_SHARED_UNKNOWN + i] = error.mean;
    factor[(FIRST_SHARED_UNKNOWN + i) * (size + 1)] = error.deviation ** 2;
  });
  const { means, deviations, correlation, unevenness } = clothes;
  mean.set(means, FIRST_CLOTH_UNKNOWN);
  for (let i = 0; i < deviations.length; i++) {
    for (let j = 0; j < deviations.length; j++) {
      const covariance = (i === j ? 1 : correlation) * deviations[i] * deviations[j];
      factor[(FIRST_CLOTH_UNKNOWN + i) * size + FIRST_CLOTH_UNKNOWN + j] = covariance;
    }
  }
  if (!factorCholesky(factor, size)) throw new RangeError('The covariance of the shapes is not positive definite.');
  const precision = invertCholesky(factor, size);
  const weightedMean = mean.map((_, i) => mean.reduce((sum, value, j) => sum + precision[i * size + j] * value, 0));
  return {
    share: people.share * clothes.share,
    unevenVariance: unevenness ** 2,
    mean,
    precision,
    weightedMean,
    logPrecision: -logDeterminant(factor, size),
    solution: mean.slice(),
    factor,
    logEvidence: 0,
  };
}

/** Scratch: one equation, and the right-hand side. */
const row = new Float64Array(SHAPE_UNKNOWNS);
const rightSide = new Float64Array(SHAPE_UNKNOWNS);
/** Scratch: the unknowns that the equation contains. */
const columns = new Uint8Array(SHAPE_UNKNOWNS);
/**
 * Scratch: the equations without the limits of the cloth, for the evidence. With them, a body without cloth would be
 * less probable than one with a little, since there the unknowns have more room.
 */
const unlimited = new Float64Array(SHAPE_UNKNOWNS * SHAPE_UNKNOWNS);

/**
 * Improves `component.solution`, its factor and its evidence by `rounds` rounds (at least 1). Allocates nothing.
 */
export function solveShapeComponent(component: ShapeComponent, evidence: ShapeEvidence, rounds: number): void {
  const { solution, factor, mean, precision } = component;
  for (let round = 0; round < rounds; round++) {
    factor.set(precision);
    rightSide.set(component.weightedMean);
    const evidenceCost = addEvidence(component, evidence);
    unlimited.set(factor);
    const cost = evidenceCost + addClothLimits(component);
    if (!factorCholesky(factor, SHAPE_UNKNOWNS) || !factorCholesky(unlimited, SHAPE_UNKNOWNS)) return;
    let priorCost = 0;
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) {
      for (let j = 0; j < SHAPE_UNKNOWNS; j++)
        priorCost += (solution[i] - mean[i]) * precision[i * SHAPE_UNKNOWNS + j] * (solution[j] - mean[j]);
    }
    component.logEvidence =
      Math.log(component.share) -
      cost -
      (priorCost - component.logPrecision + logDeterminant(unlimited, SHAPE_UNKNOWNS)) / 2;
    solution.set(rightSide);
    solveCholesky(factor, SHAPE_UNKNOWNS, solution);
  }
}

/**
 * Returns the inverse of the covariance of a component's unknowns at its solution, as its Cholesky factor. The limits
 * of the cloth do not count: that no cloth was found does not make it certain that there is none.
 */
export function factorCovariance(component: ShapeComponent, evidence: ShapeEvidence): Float64Array {
  const factor = component.precision.slice();
  addEvidence({ ...component, factor }, evidence);
  factorCholesky(factor, SHAPE_UNKNOWNS);
  return factor;
}

/**
 * Returns the logarithm of the density of a component's morph weights at `weights` (MORPH_COUNT), but for a constant.
 * Allocates nothing.
 */
export function logDensity({ solution, factor }: ShapeComponent, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let column = FIRST_MORPH_UNKNOWN; column < SHAPE_UNKNOWNS; column++) {
    let whitened = 0;
    for (let row = column; row < SHAPE_UNKNOWNS; row++)
      whitened += factor[row * SHAPE_UNKNOWNS + column] * (weights[row - FIRST_MORPH_UNKNOWN] - solution[row]);
    sum += Math.log(factor[column * (SHAPE_UNKNOWNS + 1)]) - whitened ** 2 / 2;
  }
  return sum;
}

/** Holds clothes near 0 whose thickness is negative. Returns the cost. */
function addClothLimits({ solution, factor }: ShapeComponent): number {
  let cost = 0;
  for (let i = FIRST_CLOTH_UNKNOWN; i < FIRST_MORPH_UNKNOWN; i++) {
    if (solution[i] >= 0) continue;
    factor[i * (SHAPE_UNKNOWNS + 1)] += 1 / NEGATIVE_CLOTH_DEVIATION ** 2;
    cost += (solution[i] / NEGATIVE_CLOTH_DEVIATION) ** 2 / 2;
  }
  return cost;
}

/**
 * Adds the equations `offset + row · weights + shared unknowns − scale × seen = 0`. Returns their cost: minus the
 * logarithm of how probable their residuals are, but for a constant that all components have in common.
 */
function addEvidence(
  { solution, factor, unevenVariance }: ShapeComponent,
  { frames, variances, clothFactors, seen, offsets, rows, kinds }: ShapeEvidence,
): number {
  let cost = 0;
  for (let measure = 0; measure < frames.length; measure++) {
    if (frames[measure] === 0) continue;
    const { excess, shared } = kinds[measure];
    const variance = variances[measure] + unevenVariance * clothFactors[measure];
    if (variance > variances[measure])
      cost += Math.log(residualSpread(variance, excess) / residualSpread(variances[measure], excess));
    for (let m = 0; m < MORPH_COUNT; m++) row[FIRST_MORPH_UNKNOWN + m] = rows[measure * MORPH_COUNT + m];
    for (let i = 0; i < SHARED_UNKNOWNS; i++) row[FIRST_SHARED_UNKNOWN + i] = shared[i];
    row[SCALE_UNKNOWN] = 0;
    let modelled = offsets[measure];
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) modelled += row[i] * solution[i];
    // By how much more is seen than is modelled.
    const residual = solution[SCALE_UNKNOWN] * seen[measure] - modelled;
    // What is seen has an error, not the model. So the slope by the scale is that of the model: with that of what is
    // seen, a smaller scale would make all residuals smaller.
    if (seen[measure] > 0) row[SCALE_UNKNOWN] = -modelled / solution[SCALE_UNKNOWN];
    let right = residual;
    let count = 0;
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) {
      if (row[i] === 0) continue;
      right += row[i] * solution[i];
      columns[count++] = i;
    }
    let certainty = 1 / variance;
    const limit = excess > 0 ? variance / excess : Infinity;
    if (residual > limit) {
      certainty *= limit / residual;
      cost += (residual - limit / 2) / excess;
    } else cost += residual ** 2 / (2 * variance);
    for (let k = 0; k < count; k++) {
      const i = columns[k];
      const weighted = certainty * row[i];
      rightSide[i] += weighted * right;
      for (let l = 0; l <= k; l++) factor[i * SHAPE_UNKNOWNS + columns[l]] += weighted * row[columns[l]];
    }
  }
  return cost;
}

/**
 * Returns the integral of exp(−cost) over all residuals, metres, to within a tenth: half of a normal distribution below
 * 0, and above it the other half or, if it is wider, the exponential distribution of the excess.
 */
function residualSpread(variance: number, excess: number): number {
  const half = Math.sqrt((Math.PI / 2) * variance);
  return half + Math.max(half, excess);
}
