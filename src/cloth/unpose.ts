/** Smallest determinant of a blended matrix that is inverted: it is 1 for a rotation, less where skinning folds. */
const MIN_DETERMINANT = 0.05;

/**
 * Turns places (metres) and normals, 3 each by vertex, back to the rest pose by the inverse of the vertices' matrices,
 * 12 each: then the skinning that has these matrices poses them as they are here.
 */
export function unpose(m: Float64Array, places: Float32Array, normals: Float32Array): void {
  for (let o = 0, r = 0; o < places.length; o += 3, r += 12) {
    const x = places[o] - m[r + 3];
    const y = places[o + 1] - m[r + 7];
    const z = places[o + 2] - m[r + 11];
    const nx = normals[o];
    const ny = normals[o + 1];
    const nz = normals[o + 2];
    // The inverse of the 3 × 3 part, by its cofactors.
    const xx = m[r + 5] * m[r + 10] - m[r + 6] * m[r + 9];
    const xy = m[r + 6] * m[r + 8] - m[r + 4] * m[r + 10];
    const xz = m[r + 4] * m[r + 9] - m[r + 5] * m[r + 8];
    const yx = m[r + 2] * m[r + 9] - m[r + 1] * m[r + 10];
    const yy = m[r] * m[r + 10] - m[r + 2] * m[r + 8];
    const yz = m[r + 1] * m[r + 8] - m[r] * m[r + 9];
    const zx = m[r + 1] * m[r + 6] - m[r + 2] * m[r + 5];
    const zy = m[r + 2] * m[r + 4] - m[r] * m[r + 6];
    const zz = m[r] * m[r + 5] - m[r + 1] * m[r + 4];
    const scale = 1 / Math.max(MIN_DETERMINANT, m[r] * xx + m[r + 1] * xy + m[r + 2] * xz);
    places[o] = scale * (xx * x + yx * y + zx * z);
    places[o + 1] = scale * (xy * x + yy * y + zy * z);
    places[o + 2] = scale * (xz * x + yz * y + zz * z);
    normals[o] = scale * (xx * nx + yx * ny + zx * nz);
    normals[o + 1] = scale * (xy * nx + yy * ny + zy * nz);
    normals[o + 2] = scale * (xz * nx + yz * ny + zz * nz);
  }
}
