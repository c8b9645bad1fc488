import { expect, it } from 'vitest';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import { FIRST_MORPH_UNKNOWN, FIRST_SHARED_UNKNOWN, SHAPE_UNKNOWNS } from './shape-equations.ts';
import { sharedIndex } from './shared-unknowns.ts';
import { straightenCloth } from './straighten-cloth.ts';

it('a thickness is its own plus what the body is narrower: mean, variance and covariance with the body (seed 3)', () => {
  const random = createRandom(3);
  const size = SHAPE_UNKNOWNS;
  const waist = FIRST_SHARED_UNKNOWN + sharedIndex('waistCloth');
  const seat = FIRST_SHARED_UNKNOWN + sharedIndex('seatCloth');
  const mean = Float64Array.from({ length: size }, random);
  const variances = Float64Array.from({ length: size }, () => 0.5 + random());
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) covariance[i * (size + 1)] = variances[i];
  const rows = [0, 1].map(() => Float64Array.from({ length: MORPH_COUNT }, () => random() - 0.5));
  const before = mean.slice();
  straightenCloth(
    [
      { cloth: sharedIndex('waistCloth'), offset: 0.1, row: rows[0] },
      { cloth: sharedIndex('seatCloth'), offset: 0.2, row: rows[1] },
    ],
    mean,
    covariance,
  );
  const along = (a: Float64Array, b: (m: number) => number): number =>
    a.reduce((sum, value, m) => sum + value * b(m), 0);
  const varianceOf = (m: number): number => variances[FIRST_MORPH_UNKNOWN + m];
  expect(mean[waist]).toBeCloseTo(before[waist] + 0.1 + along(rows[0], (m) => before[FIRST_MORPH_UNKNOWN + m]), 12);
  expect(covariance[waist * (size + 1)]).toBeCloseTo(
    variances[waist] + along(rows[0], (m) => rows[0][m] * varianceOf(m)),
    12,
  );
  expect(covariance[waist * size + seat]).toBeCloseTo(
    along(rows[0], (m) => rows[1][m] * varianceOf(m)),
    12,
  );
  expect(covariance[seat * size + FIRST_MORPH_UNKNOWN + 4]).toBeCloseTo(rows[1][4] * varianceOf(4), 12);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < i; j++) expect(covariance[i * size + j]).toBeCloseTo(covariance[j * size + i], 12);
});
