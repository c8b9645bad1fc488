// The matrix that poses a vertex: the mean of its bones' matrices, by weight. A matrix is four columns of 16 bytes: what
// becomes of the axes x, y, z, each (x, y, z, 0), and of the origin, (x, y, z, 1). A vertex's binding is 32 bytes: 64 ×
// the numbers of its four bones, then their weights, which sum to 1.

/** Byte lengths of a matrix and of a binding. */
export const MATRIX_BYTES: i32 = 64;
export const BINDING_BYTES: i32 = 32;

/** Returns the column at `column` bytes of the vertex's matrix. `bones`: address of the first bone's matrix. */
@inline
export function blendColumn(bones: i32, binding: i32, column: i32): v128 {
  const near = f32x4.add(
    weighed(bones + column, binding),
    weighed(bones + column, binding + 4),
  );
  // Most vertices have two bones at most.
  if (load<i64>(binding, 24) == 0) return near;
  return f32x4.add(
    near,
    f32x4.add(weighed(bones + column, binding + 8), weighed(bones + column, binding + 12)),
  );
}

@inline
function weighed(bones: i32, binding: i32): v128 {
  return f32x4.mul(v128.load(bones + load<i32>(binding)), v128.load32_splat(binding, 16));
}

/** Multiplies a matrix's first three columns with the vector at an address: its first three floats. */
@inline
export function turn(x: v128, y: v128, z: v128, vector: i32): v128 {
  const xy = f32x4.add(f32x4.mul(x, v128.load32_splat(vector)), f32x4.mul(y, v128.load32_splat(vector, 4)));
  return f32x4.add(xy, f32x4.mul(z, v128.load32_splat(vector, 8)));
}
