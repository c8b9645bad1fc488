import type { Neighbours } from './find-neighbours.ts';

/** The skin of the mannequin (the body model) in one shape, in the rest pose. */
export interface Skin {
  /** 3 × vertices, metres. The mesh is connected and has no seams. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
}

/** Distance of a point from the skin, and the direction from the skin outwards there. */
export interface Clearance {
  /** Signed distance, metres: positive outside the body, negative inside. */
  distance: number;
  /** Unit vector outwards, as `y` and `z`. */
  x: number;
  y: number;
  z: number;
  /** Index of the nearest skin vertex. Pass it as `start` for a point close by: the search is then shortest. */
  vertex: number;
}

/** Creates an empty target for `measureClearance`. */
export function createClearance(): Clearance {
  return { distance: 0, x: 0, y: 0, z: 0, vertex: 0 };
}

/**
 * Added to the squared distance from a vertex, m², so that its weight stays finite when the point is on it: (3 mm)²,
 * where 3 mm is a sixth of a typical edge of the mannequin.
 */
const SOFTENING = 9e-6;

/**
 * Writes to `target` the signed distance of the point (x, y, z), metres, from the skin, and the direction outwards.
 * Returns `target`. Allocates nothing.
 *
 * 1. Walks along the skin's edges from vertex `start` to nearer and nearer vertices, until no neighbour is nearer. (A
 *    seam in the skin would stop this walk.)
 * 2. Averages the distances from the tangent planes of that vertex and its neighbours, with weight 1 / distance⁴
 *    (implicit moving least squares; Kolluri, SODA 2005).
 *
 * The average is smooth where the distance from the triangles has creases, so that cloth pushed by it stays smooth. On
 * the mannequin's arms it is up to about 1 mm too low, so cloth is pushed out by that much more.
 *
 * @param neighbours The neighbours of each skin vertex.
 * @param start Index of the skin vertex at which the walk begins, near the point: on another limb the walk would end
 * there.
 */
export function measureClearance(
  { positions, normals }: Skin,
  { starts, neighbours }: Neighbours,
  start: number,
  x: number,
  y: number,
  z: number,
  target: Clearance,
): Clearance {
  let vertex = start;
  let best = squaredDistance(positions, vertex, x, y, z);
  for (let improved = true; improved; ) {
    improved = false;
    const end = starts[vertex + 1];
    for (let n = starts[vertex]; n < end; n++) {
      const d = squaredDistance(positions, neighbours[n], x, y, z);
      // With NaN in skin or point `d < best` is false, so the walk ends. `d >= best` would not end it.
      if (!(d < best)) continue;
      best = d;
      vertex = neighbours[n];
      improved = true;
    }
  }

  let sum = 0;
  let distance = 0;
  let nx = 0;
  let ny = 0;
  let nz = 0;
  const end = starts[vertex + 1];
  for (let n = starts[vertex] - 1; n < end; n++) {
    // First the nearest vertex itself, then its neighbours.
    const v = n < starts[vertex] ? vertex : neighbours[n];
    const o = 3 * v;
    const dx = x - positions[o];
    const dy = y - positions[o + 1];
    const dz = z - positions[o + 2];
    const distanceSq = dx * dx + dy * dy + dz * dz + SOFTENING;
    const weight = 1 / (distanceSq * distanceSq);
    sum += weight;
    distance += weight * (dx * normals[o] + dy * normals[o + 1] + dz * normals[o + 2]);
    nx += weight * normals[o];
    ny += weight * normals[o + 1];
    nz += weight * normals[o + 2];
  }
  const length = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
  target.distance = distance / sum;
  target.x = nx / length;
  target.y = ny / length;
  target.z = nz / length;
  target.vertex = vertex;
  return target;
}

function squaredDistance(positions: Float32Array, vertex: number, x: number, y: number, z: number): number {
  const dx = x - positions[3 * vertex];
  const dy = y - positions[3 * vertex + 1];
  const dz = z - positions[3 * vertex + 2];
  return dx * dx + dy * dy + dz * dz;
}
