/** Smallest determinant of a blended matrix that is inverted: it is 1 for a rotation, less where skinning folds. */
const MIN_DETERMINANT = 0.05;

/** Scratch: normals in the pose, 3 by vertex, grown to the largest garment seen. */
let normals = new Float64Array(0);

/**
 * Turns a posed surface, places and smooth normals, back to the rest pose by the inverse of the vertices' matrices: then
 * the skinning that has these matrices poses them as they are here. Allocates only for a larger garment than before.
 *
 * @param m by vertex: matrix from the rest pose to the pose, upper three rows, row by row: 12 each.
 * @param places 3 × vertices, posed, metres.
 * @param triangles 3 × triangles: vertices.
 * @param rest receives the places in the rest pose, 3 × vertices, metres.
 * @param restNormals receives the normals, 3 × vertices, of length 1.
 */
export function unposeSurface(
  m: Float64Array,
  places: Float64Array,
  triangles: Uint32Array,
  rest: Float32Array,
  restNormals: Float32Array,
): void {
  if (normals.length < places.length) normals = new Float64Array(places.length);
  addNormals(places, triangles, normals.fill(0));
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
    rest[o] = scale * (xx * x + yx * y + zx * z);
    rest[o + 1] = scale * (xy * x + yy * y + zy * z);
    rest[o + 2] = scale * (xz * x + yz * y + zz * z);
    const restX = xx * nx + yx * ny + zx * nz;
    const restY = xy * nx + yy * ny + zy * nz;
    const restZ = xz * nx + yz * ny + zz * nz;
    const unit = 1 / (Math.sqrt(restX * restX + restY * restY + restZ * restZ) || 1);
    restNormals[o] = unit * restX;
    restNormals[o + 1] = unit * restY;
    restNormals[o + 2] = unit * restZ;
  }
}

/** Adds to the normals (3 × vertices) those of the triangles around each vertex, by area. Places as the normals. */
function addNormals(p: Float64Array, triangles: Uint32Array, normals: Float64Array): void {
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * triangles[t];
    const b = 3 * triangles[t + 1];
    const c = 3 * triangles[t + 2];
    const ux = p[b] - p[a];
    const uy = p[b + 1] - p[a + 1];
    const uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a];
    const vy = p[c + 1] - p[a + 1];
    const vz = p[c + 2] - p[a + 2];
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    normals[a] += nx;
    normals[a + 1] += ny;
    normals[a + 2] += nz;
    normals[b] += nx;
    normals[b + 1] += ny;
    normals[b + 2] += nz;
    normals[c] += nx;
    normals[c + 1] += ny;
    normals[c + 2] += nz;
  }
}
