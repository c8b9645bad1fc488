import { expect, it } from 'vitest';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createShapeComponent, solveShapeComponent, squaredDistance } from './shape-component.ts';
import { FIRST_MORPH_UNKNOWN, ShapeEquations } from './shape-equations.ts';

/** Variance of each morph weight, and covariance of any two. */
const VARIANCE = 0.5;
const COVARIANCE = 0.2;

it('gives the distance of morph weights by their covariance', () => {
  const component = createShapeComponent(
    {
      share: 1,
      mean: new Float64Array(MORPH_COUNT).fill(0.3),
      covariance: Float64Array.from({ length: MORPH_COUNT ** 2 }, (_, i) =>
        i % (MORPH_COUNT + 1) === 0 ? VARIANCE : COVARIANCE,
      ),
    },
    {
      share: 1,
      means: [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0, 0],
      deviations: [1, 1, 1, 1, 1, 1, 1, 1],
      correlation: 0.5,
      unevenness: 0,
      isStraight: false,
    },
    [],
  );
  solveShapeComponent(component, new ShapeEquations([]), 1);
  const mean = component.solution.slice(FIRST_MORPH_UNKNOWN);
  // All weights by the same step: along an eigenvector, of the variance VARIANCE + (MORPH_COUNT − 1) · COVARIANCE.
  const all = mean.map((weight) => weight + 1);
  expect(squaredDistance(component, all, mean)).toBeCloseTo(
    MORPH_COUNT / (VARIANCE + (MORPH_COUNT - 1) * COVARIANCE),
    6,
  );
  // Two weights against each other: along one of the variance VARIANCE − COVARIANCE.
  const two = mean.slice();
  two[2] += 1;
  two[5] -= 1;
  expect(squaredDistance(component, two, mean)).toBeCloseTo(2 / (VARIANCE - COVARIANCE), 6);
});
