// Small operations on four floats at a time. A point is (x, y, z, 1), a vector (x, y, z, 0).

/** Sums the four floats of each of four vectors: (Σa, Σb, Σc, Σd). */
@inline
export function sumEach(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

/** Sums the four floats of a vector, and returns the sum in all four. */
@inline
export function sumAll(a: v128): v128 {
  const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** Clears the fourth float. */
@inline
export function clearLast(a: v128): v128 {
  return v128.and(a, i32x4(-1, -1, -1, 0));
}
