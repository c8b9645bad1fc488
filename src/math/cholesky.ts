/**
 * Factors a symmetric positive definite matrix A = L·Lᵀ in place (Cholesky). Reads the lower triangle and writes L into
 * it; the upper triangle is left as it is. Allocates nothing.
 *
 * @param matrix size × size values, row after row.
 * @returns False, with `matrix` half written, if A is not positive definite.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k] * matrix[column * size + k];
      if (row === column) {
        if (!(sum > 0)) return false;
        matrix[row * size + row] = Math.sqrt(sum);
      } else matrix[row * size + column] = sum / matrix[column * size + column];
    }
  }
  return true;
}

/**
 * Solves L·Lᵀ·x = b in place: `vector` holds b (size values) before and x after. Allocates nothing.
 *
 * @param factor L in its lower triangle, from `factorCholesky`.
 */
export function solveCholesky(factor: ArrayLike<number>, size: number, vector: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = vector[row];
    for (let k = 0; k < row; k++) sum -= factor[row * size + k] * vector[k];
    vector[row] = sum / factor[row * size + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = vector[row];
    for (let k = row + 1; k < size; k++) sum -= factor[k * size + row] * vector[k];
    vector[row] = sum / factor[row * size + row];
  }
}

/** Returns the natural logarithm of the determinant of A (size × size) from its factor L. */
export function logDeterminant(factor: ArrayLike<number>, size: number): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += 2 * Math.log(factor[row * size + row]);
  return sum;
}

/** Returns the inverse of A, size × size values, from its factor L. */
export function invertCholesky(factor: ArrayLike<number>, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const column = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    column.fill(0);
    column[i] = 1;
    solveCholesky(factor, size, column);
    for (let j = 0; j < size; j++) inverse[j * size + i] = column[j];
  }
  return inverse;
}
