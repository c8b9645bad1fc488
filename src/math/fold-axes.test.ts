import { expect, it } from 'vitest';
import { FOLD_AXES, foldAxes } from './fold-axes.ts';

it('are the sums of two neighbours of x, y and z, and then their differences, as the shader of the folds takes them', () => {
  const unit = (k: number): number[] => [0, 1, 2].map((axis) => Number(axis === k % 3));
  const expected = Array.from({ length: FOLD_AXES }, (_, i) =>
    unit(i).map((value, axis) => value + (i < 3 ? 1 : -1) * unit(i + 1)[axis]),
  );
  expect(foldAxes).toEqual(expected.flat().map((value) => value + 0));
});
