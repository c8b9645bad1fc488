/** Edge of a cell, metres: coarse, since it only tells where a garment was modelled. */
const CELL_METRES = 0.04;
/** The field reaches this far beyond the body, metres. */
const MARGIN_METRES = 0.28;
/** Up to here the distance is measured along the skin's normal, metres: two edges of the mannequin's triangles. */
const NEAR_METRES = 0.05;
/** Rounds of sweeps: after the second hardly any cell changes. */
const ROUNDS = 2;
/** Steps (x, y, z) to the neighbours of a cell that a sweep has visited before it, one after the other. */
const EARLIER = Int8Array.from([
  ...[-1, 0, 1].flatMap((y) => [-1, 0, 1].flatMap((x) => [x, y, 1])),
  ...[-1, 0, 1].flatMap((x) => [x, 1, 0]),
  ...[1, 0, 0],
]);

/** The signed distance from a body's skin, and its direction, at any point. */
export interface DistanceField {
  /**
   * Writes to `target` the distance from the skin at (x, y, z), metres, below 0 inside the body, and the direction in
   * which it grows (x, y, z, about unit length). Beyond the field both are estimates.
   */
  sample(x: number, y: number, z: number, target: Float32Array): void;
}

/**
 * Computes the signed distances from a body's skin on a grid around it, to about a centimetre:
 *
 * 1. Each vertex of the skin is the nearest of the cell that it lies in.
 * 2. Two sweeps over the grid, there and back, hand the nearest vertex on from cell to cell.
 * 3. Near the skin the distance is measured along the vertex's normal, further off to the vertex.
 *
 * @param positions 3 × vertices of the skin, metres.
 * @param normals The skin's outward normals, 3 × vertices, unit length.
 */
export function createDistanceField(positions: Float32Array, normals: Float32Array): DistanceField {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    low[i % 3] = Math.min(low[i % 3], positions[i] - MARGIN_METRES);
    high[i % 3] = Math.max(high[i % 3], positions[i] + MARGIN_METRES);
  }
  const [nx, ny, nz] = low.map((from, a) => Math.ceil((high[a] - from) / CELL_METRES) + 1);
  const nearest = findNearestVertices(positions, low, [nx, ny, nz]);
  const values = Float32Array.from(nearest, (vertex, c) => {
    const dx = low[0] + CELL_METRES * (c % nx) - positions[3 * vertex];
    const dy = low[1] + CELL_METRES * (Math.floor(c / nx) % ny) - positions[3 * vertex + 1];
    const dz = low[2] + CELL_METRES * Math.floor(c / (nx * ny)) - positions[3 * vertex + 2];
    const along = dx * normals[3 * vertex] + dy * normals[3 * vertex + 1] + dz * normals[3 * vertex + 2];
    const distance = Math.hypot(dx, dy, dz);
    return distance < NEAR_METRES ? along : Math.sign(along) * distance;
  });
  const clamp = (value: number, count: number): number => Math.min(count - 1.001, Math.max(0, value));
  return {
    sample(x, y, z, target) {
      const gx = (x - low[0]) / CELL_METRES;
      const gy = (y - low[1]) / CELL_METRES;
      const gz = (z - low[2]) / CELL_METRES;
      const cx = clamp(gx, nx);
      const cy = clamp(gy, ny);
      const cz = clamp(gz, nz);
      const ix = Math.floor(cx);
      const iy = Math.floor(cy);
      const iz = Math.floor(cz);
      const fx = cx - ix;
      const fy = cy - iy;
      const fz = cz - iz;
      const first = ix + nx * (iy + ny * iz);
      const up = first + nx * ny;
      const v000 = values[first];
      const v100 = values[first + 1];
      const v010 = values[first + nx];
      const v110 = values[first + nx + 1];
      const v001 = values[up];
      const v101 = values[up + 1];
      const v011 = values[up + nx];
      const v111 = values[up + nx + 1];
      const x00 = v000 + fx * (v100 - v000);
      const x10 = v010 + fx * (v110 - v010);
      const x01 = v001 + fx * (v101 - v001);
      const x11 = v011 + fx * (v111 - v011);
      const y0 = x00 + fy * (x10 - x00);
      const y1 = x01 + fy * (x11 - x01);
      const outside = CELL_METRES * Math.sqrt((gx - cx) ** 2 + (gy - cy) ** 2 + (gz - cz) ** 2);
      target[0] = y0 + fz * (y1 - y0) + outside;
      const z0 = (v100 - v000) * (1 - fy) + (v110 - v010) * fy;
      const z1 = (v101 - v001) * (1 - fy) + (v111 - v011) * fy;
      target[1] = (z0 * (1 - fz) + z1 * fz) / CELL_METRES;
      target[2] = ((x10 - x00) * (1 - fz) + (x11 - x01) * fz) / CELL_METRES;
      target[3] = (y1 - y0) / CELL_METRES;
    },
  };
}

/** Steps 1 and 2: returns the nearest vertex of each cell of a grid whose first cell is at `low`. */
function findNearestVertices(
  positions: Float32Array,
  low: readonly number[],
  [nx, ny, nz]: readonly number[],
): Int32Array {
  const nearest = new Int32Array(nx * ny * nz).fill(-1);
  /** Squared distance of each cell from its nearest vertex, square metres. */
  const squared = new Float64Array(nearest.length).fill(Infinity);
  const offer = (x: number, y: number, z: number, vertex: number): void => {
    const dx = low[0] + CELL_METRES * x - positions[3 * vertex];
    const dy = low[1] + CELL_METRES * y - positions[3 * vertex + 1];
    const dz = low[2] + CELL_METRES * z - positions[3 * vertex + 2];
    const distance = dx * dx + dy * dy + dz * dz;
    const cell = x + nx * (y + ny * z);
    if (distance >= squared[cell]) return;
    nearest[cell] = vertex;
    squared[cell] = distance;
  };
  for (let v = 0; 3 * v < positions.length; v++) {
    const [x, y, z] = low.map((from, a) => Math.round((positions[3 * v + a] - from) / CELL_METRES));
    offer(x, y, z, v);
  }
  const sweep = (step: 1 | -1): void => {
    const from = (count: number): number => (step === 1 ? 0 : count - 1);
    for (let z = from(nz); z >= 0 && z < nz; z += step)
      for (let y = from(ny); y >= 0 && y < ny; y += step)
        for (let x = from(nx); x >= 0 && x < nx; x += step)
          for (let i = 0; i < EARLIER.length; i += 3) {
            const ox = x - step * EARLIER[i];
            const oy = y - step * EARLIER[i + 1];
            const oz = z - step * EARLIER[i + 2];
            if (ox < 0 || oy < 0 || oz < 0 || ox >= nx || oy >= ny || oz >= nz) continue;
            const vertex = nearest[ox + nx * (oy + ny * oz)];
            if (vertex >= 0) offer(x, y, z, vertex);
          }
  };
  for (let round = 0; round < ROUNDS; round++) {
    sweep(1);
    sweep(-1);
  }
  return nearest;
}
