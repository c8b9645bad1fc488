/**
 * Factors a symmetric positive definite matrix A = L·Lᵀ in place (Cholesky). Reads the lower triangle and writes L into
 * it; the upper triangle is left as it is. Allocates nothing.
 *
 * @param matrix size × size values, row after row.
 * @returns False, with `matrix` half written, if A is not positive definite.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  for (let column = 0; column < size; column++) {
    const top = column * size;
    let square = matrix[top + column];
    for (let k = top; k < top + column; k++) square -= matrix[k] * matrix[k];
    if (!(square > 0)) return false;
    const pivot = Math.sqrt(square);
    matrix[top + column] = pivot;
    let row = column + 1;
    // Four rows at a time: their sums do not wait for each other, and share the values of the column's row.
    for (; row + 3 < size; row += 4) {
      const a = row * size;
      const b = a + size;
      const c = b + size;
      const d = c + size;
      let sumA = matrix[a + column];
      let sumB = matrix[b + column];
      let sumC = matrix[c + column];
      let sumD = matrix[d + column];
      for (let k = 0; k < column; k++) {
        const value = matrix[top + k];
        sumA -= matrix[a + k] * value;
        sumB -= matrix[b + k] * value;
        sumC -= matrix[c + k] * value;
        sumD -= matrix[d + k] * value;
      }
      matrix[a + column] = sumA / pivot;
      matrix[b + column] = sumB / pivot;
      matrix[c + column] = sumC / pivot;
      matrix[d + column] = sumD / pivot;
    }
    for (; row < size; row++) {
      const a = row * size;
      let sum = matrix[a + column];
      for (let k = 0; k < column; k++) sum -= matrix[a + k] * matrix[top + k];
      matrix[a + column] = sum / pivot;
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
    const value = vector[row] / factor[row * size + row];
    vector[row] = value;
    for (let k = 0; k < row; k++) vector[k] -= factor[row * size + k] * value;
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
