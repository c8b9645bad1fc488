/**
 * One component of the mixture that describes a body before it is seen: people of one sex in one kind of clothes.
 *
 * 1. `createShapeComponent`: a normal distribution of the morph weights and of the scale, an exponential one of the
 *    cloth's thickness.
 * 2. `solveShapeComponent`: the most probable unknowns, given the evidence, by weighted least squares. Each round weighs
 *    the equations anew by their residuals, since what is seen larger than the body may be folds.
 */
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { factorCholesky, invertCholesky, logDeterminant, solveCholesky } from '../math/cholesky.ts';
import { CLOTH_GROUPS, type ShapeEvidence } from './shape-evidence.ts';

/** Index of the scale among the unknowns: first come the morph weights. */
export const SCALE_UNKNOWN = MORPH_COUNT;
/** Index of the first cloth's thickness among the unknowns. */
export const FIRST_CLOTH_UNKNOWN = SCALE_UNKNOWN + 1;
/** Number of unknowns: morph weights, scale, and a thickness for each cloth. */
export const SHAPE_UNKNOWNS = FIRST_CLOTH_UNKNOWN + CLOTH_GROUPS;

/**
 * Mean and standard deviation of the scale, true metres to one of the tracker's. The tracker takes everybody to be of
 * one size, so people between 1.5 and 2 m have scales of 0.9 to 1.2.
 */
const SCALE_MEAN = 1;
const SCALE_DEVIATION = 0.15;
/** Thinner cloth counts as thin as this, so that the weight of its prior stays finite, metres. */
const MIN_CLOTH_METRES = 0.002;
/** Standard deviation of a thickness below 0, metres. */
const NEGATIVE_CLOTH_DEVIATION = 0.002;

/** People of one sex. */
export interface ShapePrior {
  /** Share among people, 0..1. */
  share: number;
  /** Mean of the morph weights, MORPH_COUNT. */
  mean: ArrayLike<number>;
  /** Their covariance, MORPH_COUNT × MORPH_COUNT. */
  covariance: ArrayLike<number>;
}

/** A kind of clothes. */
export interface ClothesPrior {
  /** Share among people, 0..1. */
  share: number;
  /** Mean of the cloth's thickness, metres, both sides of the body together. */
  meanThicknessMetres: number;
}

/** A component and its current solution. Matrices are SHAPE_UNKNOWNS², row after row. */
export interface ShapeComponent {
  readonly share: number;
  readonly meanThicknessMetres: number;
  readonly mean: Float64Array;
  /** Inverse of the prior's covariance; 0 for the cloth, whose prior is not normal. */
  readonly precision: Float64Array;
  /** `precision` · `mean`. */
  readonly weightedMean: Float64Array;
  /** Logarithm of the determinant of `precision` (of its normal part). */
  readonly logPrecision: number;
  /** The most probable unknowns. */
  readonly solution: Float64Array;
  /** Cholesky factor of the equations that the solution solves. */
  readonly factor: Float64Array;
  /** Logarithm of how probable the evidence is under this component, but for a constant. */
  logEvidence: number;
}

/** Creates a component; its solution is the prior's mean. Throws if the covariance is not positive definite. */
export function createShapeComponent(people: ShapePrior, clothes: ClothesPrior): ShapeComponent {
  const size = FIRST_CLOTH_UNKNOWN;
  const factor = new Float64Array(size * size);
  const mean = new Float64Array(SHAPE_UNKNOWNS);
  for (let i = 0; i < MORPH_COUNT; i++) {
    mean[i] = people.mean[i];
    for (let j = 0; j < MORPH_COUNT; j++) factor[i * size + j] = people.covariance[i * MORPH_COUNT + j];
  }
  mean[SCALE_UNKNOWN] = SCALE_MEAN;
  factor[SCALE_UNKNOWN * size + SCALE_UNKNOWN] = SCALE_DEVIATION ** 2;
  if (!factorCholesky(factor, size)) throw new RangeError('The covariance of the shapes is not positive definite.');
  const inverse = invertCholesky(factor, size);
  const precision = new Float64Array(SHAPE_UNKNOWNS * SHAPE_UNKNOWNS);
  const weightedMean = new Float64Array(SHAPE_UNKNOWNS);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      precision[i * SHAPE_UNKNOWNS + j] = inverse[i * size + j];
      weightedMean[i] += inverse[i * size + j] * mean[j];
    }
  }
  return {
    share: people.share * clothes.share,
    meanThicknessMetres: clothes.meanThicknessMetres,
    mean,
    precision,
    weightedMean,
    logPrecision: -logDeterminant(factor, size),
    solution: mean.slice(),
    factor: new Float64Array(SHAPE_UNKNOWNS * SHAPE_UNKNOWNS),
    logEvidence: 0,
  };
}

/** Scratch: one equation, and the right-hand side. */
const row = new Float64Array(SHAPE_UNKNOWNS);
const rightSide = new Float64Array(SHAPE_UNKNOWNS);

/**
 * Improves `component.solution`, its factor and its evidence by `rounds` rounds (at least 1). Allocates nothing.
 */
export function solveShapeComponent(component: ShapeComponent, evidence: ShapeEvidence, rounds: number): void {
  const { solution, factor, mean, precision } = component;
  for (let round = 0; round < rounds; round++) {
    factor.set(precision);
    rightSide.set(component.weightedMean);
    const cost = addCloth(component) + addEvidence(component, evidence);
    if (!factorCholesky(factor, SHAPE_UNKNOWNS)) return;
    let priorCost = 0;
    for (let i = 0; i < FIRST_CLOTH_UNKNOWN; i++) {
      for (let j = 0; j < FIRST_CLOTH_UNKNOWN; j++)
        priorCost += (solution[i] - mean[i]) * precision[i * SHAPE_UNKNOWNS + j] * (solution[j] - mean[j]);
    }
    component.logEvidence =
      Math.log(component.share) -
      cost -
      (priorCost - component.logPrecision + logDeterminant(factor, SHAPE_UNKNOWNS)) / 2;
    solution.set(rightSide);
    solveCholesky(factor, SHAPE_UNKNOWNS, solution);
  }
}

/**
 * Returns the inverse of the covariance of a component's unknowns at its solution, as its Cholesky factor. The prior of
 * the cloth counts here by no more than its own variance: the narrow normal distribution with which `addCloth` finds thin
 * cloth does not make thick cloth less likely.
 */
export function factorCovariance(component: ShapeComponent, evidence: ShapeEvidence): Float64Array {
  const { precision, solution, meanThicknessMetres } = component;
  const factor = precision.slice();
  for (let i = FIRST_CLOTH_UNKNOWN; i < SHAPE_UNKNOWNS; i++) {
    const certainty = clothCertainty(solution[i], meanThicknessMetres);
    factor[i * SHAPE_UNKNOWNS + i] += Math.min(certainty, 1 / meanThicknessMetres ** 2);
  }
  addEvidence({ ...component, factor }, evidence);
  factorCholesky(factor, SHAPE_UNKNOWNS);
  return factor;
}

/** Returns the inverse variance of the normal distribution whose slope is the exponential's at a thickness, 1/m². */
function clothCertainty(thickness: number, mean: number): number {
  return thickness < 0 ? 1 / NEGATIVE_CLOTH_DEVIATION ** 2 : 1 / (mean * Math.max(MIN_CLOTH_METRES, thickness));
}

/** Adds the exponential prior of the cloth, as a normal one of the same slope at the solution. Returns its cost. */
function addCloth({ solution, factor, meanThicknessMetres: mean }: ShapeComponent): number {
  let cost = 0;
  for (let i = FIRST_CLOTH_UNKNOWN; i < SHAPE_UNKNOWNS; i++) {
    const thickness = solution[i];
    factor[i * SHAPE_UNKNOWNS + i] += clothCertainty(thickness, mean);
    cost += Math.max(0, thickness) / mean + Math.log(mean);
  }
  return cost;
}

/** Adds the equations `offset + row · weights + cloth − scale × seen = 0`. Returns the cost of their residuals. */
function addEvidence(
  { solution, factor }: ShapeComponent,
  { frames, seen, offsets, rows, kinds }: ShapeEvidence,
): number {
  let cost = 0;
  for (let measure = 0; measure < frames.length; measure++) {
    if (frames[measure] === 0) continue;
    const { sharedError, frameError, excess, cloth } = kinds[measure];
    const variance = sharedError ** 2 + frameError ** 2 / frames[measure];
    for (let m = 0; m < MORPH_COUNT; m++) row[m] = rows[measure * MORPH_COUNT + m];
    for (let i = 0; i < CLOTH_GROUPS; i++) row[FIRST_CLOTH_UNKNOWN + i] = cloth[i];
    row[SCALE_UNKNOWN] = 0;
    let modelled = offsets[measure];
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) modelled += row[i] * solution[i];
    // By how much more is seen than body and cloth have.
    const residual = solution[SCALE_UNKNOWN] * seen[measure] - modelled;
    // What is seen has an error, not the model. So the slope by the scale is that of the model: with that of what is seen,
    // a smaller scale would make all residuals smaller.
    if (seen[measure] > 0) row[SCALE_UNKNOWN] = -modelled / solution[SCALE_UNKNOWN];
    let right = residual;
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) right += row[i] * solution[i];
    let certainty = 1 / variance;
    const limit = excess > 0 ? variance / excess : Infinity;
    if (residual > limit) {
      certainty *= limit / residual;
      cost += (residual - limit / 2) / excess;
    } else cost += residual ** 2 / (2 * variance);
    for (let i = 0; i < SHAPE_UNKNOWNS; i++) {
      if (row[i] === 0) continue;
      const weighted = certainty * row[i];
      rightSide[i] += weighted * right;
      for (let j = 0; j <= i; j++) factor[i * SHAPE_UNKNOWNS + j] += weighted * row[j];
    }
  }
  return cost;
}
