import { factorCholesky } from '../math/cholesky.ts';
import { MORPH_COUNT } from './mannequin.ts';

/**
 * A normal distribution of morph weights, in the order of `morphNames`. Weights have no unit: 0 is the mean body, 1
 * adds a morph's displacements once.
 */
export interface ShapeDistribution {
  /** MORPH_COUNT morph weights. */
  mean: Float32Array;
  /** Covariance of the morph weights, MORPH_COUNT × MORPH_COUNT, symmetric and positive definite. */
  covariance: Float32Array;
}

/** Scratch: the lower triangular factor of a covariance, MORPH_COUNT × MORPH_COUNT, and standard normal values. */
const factor = new Float64Array(MORPH_COUNT * MORPH_COUNT);
const normals = new Float64Array(MORPH_COUNT);

/**
 * Draws a random body: writes MORPH_COUNT morph weights from a normal distribution to `target` and returns it. No
 * weight is limited: for each girth, one body in twenty is more than 2 standard deviations from the mean.
 *
 * @param random returns uniform numbers in [0, 1), as from `createRandom(seed)`. Equal numbers give equal bodies.
 * @throws `RangeError` if the covariance is not positive definite.
 */
export function drawShape<Target extends Float32Array | Float64Array>(
  { mean, covariance }: ShapeDistribution,
  random: () => number,
  target: Target,
): Target {
  factor.set(covariance);
  if (!factorCholesky(factor, MORPH_COUNT)) throw new RangeError('drawShape: the covariance is not positive definite.');
  // Box–Muller. 1 − random() is never 0.
  for (let m = 0; m < MORPH_COUNT; m++)
    normals[m] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (let row = 0; row < MORPH_COUNT; row++) {
    target[row] = mean[row];
    for (let column = 0; column <= row; column++) target[row] += factor[row * MORPH_COUNT + column] * normals[column];
  }
  return target;
}
