/**
 * One component of the mixture that describes a body before it is seen: people of one sex in one kind of clothes.
 *
 * 1. `createShapeComponent`: a normal distribution of the unknowns: the scale, the errors that measures share, the
 *    thickness of the clothes, of which negative values are made improbable, and the morph weights.
 * 2. `solveShapeComponent`: the most probable unknowns, given the evidence, by weighted least squares. Each round
 *    weighs the equations anew by their residuals, since what is seen larger than the body may be folds.
 * 3. `squaredDistance`: how far two shapes are from each other, by what is not known then.
 */
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { factorCholesky, invertCholesky, logDeterminant, solveCholesky } from '../math/cholesky.ts';
import type { ArmpitExcess } from './measure-armpit-excess.ts';
import {
  FIRST_MORPH_UNKNOWN,
  FIRST_SHARED_UNKNOWN,
  SCALE_UNKNOWN,
  SHAPE_UNKNOWNS,
  type ShapeEquations,
} from './shape-equations.ts';
import { CLOTH_UNKNOWNS, SHARED_ERRORS } from './shared-unknowns.ts';
import { straightenCloth } from './straighten-cloth.ts';

const FIRST_CLOTH_UNKNOWN = FIRST_SHARED_UNKNOWN + SHARED_ERRORS.length;

/**
 * Mean and standard deviation of the scale, true metres to one of the tracker's. The tracker takes everybody to be of
 * one size, so people between 1.5 and 2 m have scales of 0.9 to 1.2.
 */
const SCALE_MEAN = 1;
const SCALE_DEVIATION = 0.15;
/** Correlation of how far the landmarks of hips and of knees are drawn down: a hem draws both. */
const LOW_CORRELATION = 0.5;
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
   * Means and standard deviations, metres: of the thickness of the clothes over chest, waist, seat, both thighs, arms and
   * legs, both sides of the body together, and of how far they draw the landmarks of hips and knees down.
   */
  means: readonly number[];
  deviations: readonly number[];
  /** Correlation of any two thicknesses. How far landmarks are drawn down does not depend on them (`LOW_CORRELATION`). */
  correlation: number;
  /** Standard deviation by which the thickness at one place differs from that of the part of the body, metres. */
  unevenness: number;
  /** Whether the cloth hangs straight down from the armpits (`straightenCloth`): the first three means are its then. */
  isStraight: boolean;
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

/**
 * Creates a component; its solution is the prior's mean. Throws if the covariance is not positive definite. `excesses`:
 * how much narrower than at the armpits the trunk is under straight cloth.
 */
export function createShapeComponent(
  people: ShapePrior,
  clothes: ClothesPrior,
  excesses: readonly ArmpitExcess[],
): ShapeComponent {
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
  const { means, deviations, correlation, unevenness, isStraight } = clothes;
  mean.set(means, FIRST_CLOTH_UNKNOWN);
  for (let i = 0; i < deviations.length; i++) {
    for (let j = 0; j < deviations.length; j++) {
      const isLow = [i, j].map((k) => k >= CLOTH_UNKNOWNS);
      const shared = isLow[0] !== isLow[1] ? 0 : isLow[0] ? LOW_CORRELATION : correlation;
      const covariance = (i === j ? 1 : shared) * deviations[i] * deviations[j];
      factor[(FIRST_CLOTH_UNKNOWN + i) * size + FIRST_CLOTH_UNKNOWN + j] = covariance;
    }
  }
  if (isStraight) straightenCloth(excesses, mean, factor);
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

/** Scratch: the right-hand side, and how far a solution is from the prior's mean. */
const rightSide = new Float64Array(SHAPE_UNKNOWNS);
const moved = new Float64Array(SHAPE_UNKNOWNS);
/** Scratch: the equations without the limits of the cloth. */
const unlimited = new Float64Array(SHAPE_UNKNOWNS * SHAPE_UNKNOWNS);

/**
 * Improves `component.solution`, its factor and its evidence by `rounds` rounds (at least 1). Allocates nothing.
 *
 * The determinant in the evidence is that of the equations without the limits of the cloth. With them, a body without
 * cloth would be less probable than one with a little, since there the unknowns have more room.
 */
export function solveShapeComponent(component: ShapeComponent, equations: ShapeEquations, rounds: number): void {
  const { solution, factor, precision } = component;
  for (let round = 0; round < rounds; round++) {
    factor.set(precision);
    rightSide.set(component.weightedMean);
    const evidenceCost = addEquations(component, equations);
    unlimited.set(factor);
    const limitCost = addClothLimits(component);
    if (!factorCholesky(factor, SHAPE_UNKNOWNS)) return;
    let determined = factor;
    if (limitCost > 0) {
      if (!factorCholesky(unlimited, SHAPE_UNKNOWNS)) return;
      determined = unlimited;
    }
    component.logEvidence =
      Math.log(component.share) -
      (evidenceCost + limitCost) -
      (priorCost(component) - component.logPrecision + logDeterminant(determined, SHAPE_UNKNOWNS)) / 2;
    solution.set(rightSide);
    solveCholesky(factor, SHAPE_UNKNOWNS, solution);
  }
}

/** Returns the squared distance of a component's solution from the prior's mean, in standard deviations. */
function priorCost({ solution, mean, precision }: ShapeComponent): number {
  const size = SHAPE_UNKNOWNS;
  for (let i = 0; i < size; i++) moved[i] = solution[i] - mean[i];
  let cost = 0;
  for (let i = 0; i < size; i++) {
    // The precision is symmetric.
    let below = 0;
    for (let j = 0; j < i; j++) below += precision[i * size + j] * moved[j];
    cost += moved[i] * (2 * below + precision[i * size + i] * moved[i]);
  }
  return cost;
}

/**
 * Returns the inverse of the covariance of a component's unknowns at its solution, as its Cholesky factor. The limits
 * of the cloth do not count: that no cloth was found does not make it certain that there is none.
 */
export function factorCovariance(component: ShapeComponent, equations: ShapeEquations): Float64Array {
  const factor = component.precision.slice();
  addEquations({ ...component, factor }, equations);
  factorCholesky(factor, SHAPE_UNKNOWNS);
  return factor;
}

/** Scratch: the difference of two sets of morph weights, in standard deviations. */
const whitened = new Float64Array(MORPH_COUNT);

/**
 * Returns the squared distance of two sets of morph weights (MORPH_COUNT), in standard deviations of what is not known
 * of a component's solution. Allocates nothing.
 */
export function squaredDistance({ factor }: ShapeComponent, a: ArrayLike<number>, b: ArrayLike<number>): number {
  const count = MORPH_COUNT;
  const first = FIRST_MORPH_UNKNOWN;
  whitened.fill(0);
  for (let i = 0; i < count; i++) {
    const row = (first + i) * SHAPE_UNKNOWNS + first;
    const distance = a[i] - b[i];
    for (let j = 0; j <= i; j++) whitened[j] += factor[row + j] * distance;
  }
  let sum = 0;
  for (let i = 0; i < count; i++) sum += whitened[i] ** 2;
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
 * Adds the equations to `factor` and `rightSide`. Returns their cost: minus the logarithm of how probable their
 * residuals are, but for a constant that all components have in common.
 */
function addEquations({ solution, factor, unevenVariance }: ShapeComponent, equations: ShapeEquations): number {
  const { count, variances, clothFactors, excesses, seen, offsets, starts, unknowns, values } = equations;
  const size = SHAPE_UNKNOWNS;
  const scaleColumn = SCALE_UNKNOWN;
  const scale = solution[scaleColumn];
  let cost = 0;
  for (let equation = 0; equation < count; equation++) {
    const first = starts[equation];
    const end = starts[equation + 1];
    const excess = excesses[equation];
    const variance = variances[equation] + unevenVariance * clothFactors[equation];
    if (variance > variances[equation])
      cost += Math.log(residualSpread(variance, excess) / residualSpread(variances[equation], excess));
    let modelled = offsets[equation];
    for (let k = first; k < end; k++) modelled += values[k] * solution[unknowns[k]];
    // By how much more is seen than is modelled.
    const residual = scale * seen[equation] - modelled;
    // What is seen has an error, not the model. So the slope by the scale is that of the model: with that of what is
    // seen, a smaller scale would make all residuals smaller.
    const slope = seen[equation] > 0 ? -modelled / scale : 0;
    const right = scale * (seen[equation] + slope) - offsets[equation];
    let certainty = 1 / variance;
    const limit = excess > 0 ? variance / excess : Infinity;
    if (residual > limit) {
      certainty *= limit / residual;
      cost += (residual - limit / 2) / excess;
    } else cost += residual ** 2 / (2 * variance);
    rightSide[scaleColumn] += certainty * slope * right;
    factor[scaleColumn * (size + 1)] += certainty * slope * slope;
    for (let k = first; k < end; k++) {
      const row = unknowns[k] * size;
      const weighted = certainty * values[k];
      rightSide[unknowns[k]] += weighted * right;
      factor[row + scaleColumn] += weighted * slope;
      for (let l = first; l <= k; l++) factor[row + unknowns[l]] += weighted * values[l];
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
