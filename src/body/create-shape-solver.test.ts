import { expect, it } from 'vitest';
import { population } from '../mannequin/population.ts';
import { createShapeSolver } from './create-shape-solver.ts';
import { ShapeEvidence } from './shape-evidence.ts';

it('while woman and man are equally probable, the mean shape of either is far from the estimate between them', () => {
  const solver = createShapeSolver([], []);
  solver.solve(new ShapeEvidence([]));
  const { weights } = solver.estimate;
  expect(solver.squaredDeviation(weights)).toBe(0);
  for (const { mean } of [population.female, population.male]) {
    expect(solver.squaredDeviation(mean)).toBeGreaterThan(1);
  }
});
