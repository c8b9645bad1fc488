import { MORPH_COUNT } from './mannequin.ts';

/** A normal distribution of morph weights, in the order of `morphNames`. */
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
 * weight is limited: one body in twenty has a girth more than 2 standard deviations from the mean.
 *
 * @param random uniform numbers in [0, 1), as from `createRandom(seed)`. Equal numbers give equal bodies.
 */
export function drawShape<Target extends Float32Array | Float64Array>(
  { mean, covariance }: ShapeDistribution,
  random: () => number,
  target: Target,
): Target {
  factorise(covariance);
  // Box–Muller. 1 − random() is never 0.
  for (let m = 0; m < MORPH_COUNT; m++)
    normals[m] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  for (let row = 0; row < MORPH_COUNT; row++) {
    target[row] = mean[row];
    for (let column = 0; column <= row; column++) target[row] += factor[row * MORPH_COUNT + column] * normals[column];
  }
  return target;
}

/** Writes the Cholesky factor of the covariance to `factor`. Throws `RangeError` if it is not positive definite. */
function factorise(covariance: Float32Array): void {
  for (let row = 0; row < MORPH_COUNT; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = covariance[row * MORPH_COUNT + column];
      for (let k = 0; k < column; k++) rest -= factor[row * MORPH_COUNT + k] * factor[column * MORPH_COUNT + k];
      if (row === column && !(rest > 0)) throw new RangeError('drawShape: the covariance is not positive definite.');
      factor[row * MORPH_COUNT + column] =
        row === column ? Math.sqrt(rest) : rest / factor[column * MORPH_COUNT + column];
    }
  }
}
