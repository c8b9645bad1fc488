import { expect, it } from 'vitest';
import { factorCholesky, invertCholesky, logDeterminant, solveCholesky } from './cholesky.ts';
import { createRandom } from './create-random.ts';

for (const [seed, size] of [
  [1, 1],
  [2, 5],
  [3, 24],
]) {
  it(`solves, inverts and gives the determinant of a random matrix of ${size} rows (seed ${seed})`, () => {
    const random = createRandom(seed);
    const half = Float64Array.from({ length: size * size }, () => random() - 0.5);
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        for (let k = 0; k < size; k++) matrix[i * size + j] += half[i * size + k] * half[j * size + k];
        if (i === j) matrix[i * size + j] += 0.1;
      }
    }
    const known = Float64Array.from({ length: size }, () => random() - 0.5);
    const vector = known.map((_, i) => known.reduce((sum, value, j) => sum + matrix[i * size + j] * value, 0));
    const factor = matrix.slice();
    expect(factorCholesky(factor, size)).toBe(true);
    solveCholesky(factor, size, vector);
    for (let i = 0; i < size; i++) expect(vector[i]).toBeCloseTo(known[i], 8);
    const inverse = invertCholesky(factor, size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let product = 0;
        for (let k = 0; k < size; k++) product += matrix[i * size + k] * inverse[k * size + j];
        expect(product).toBeCloseTo(i === j ? 1 : 0, 8);
      }
    }
    // Twice the matrix has a determinant 2 ^ size times as large.
    const doubled = matrix.map((value) => 2 * value);
    factorCholesky(doubled, size);
    expect(logDeterminant(doubled, size) - logDeterminant(factor, size)).toBeCloseTo(size * Math.LN2, 8);
  });
}

it('knows the determinant of a small matrix', () => {
  const factor = Float64Array.of(4, 0, 2, 3);
  factorCholesky(factor, 2);
  expect(logDeterminant(factor, 2)).toBeCloseTo(Math.log(8), 12);
});

it('says that a matrix is not positive definite', () => {
  expect(factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
  expect(factorCholesky(Float64Array.of(Number.NaN), 1)).toBe(false);
});
