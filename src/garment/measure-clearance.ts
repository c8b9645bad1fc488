import type { Neighbours } from './find-neighbours.ts';

/** A body's skin in one shape, in the rest pose. */
export interface Skin {
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
}

/** Distance and direction of a point from the skin. */
export interface Clearance {
  /** Metres outwards; negative inside the body. */
  distance: number;
  /** Unit vector outwards. */
  x: number;
  y: number;
  z: number;
  /** Index of the skin's nearest vertex, from which the search for a point close by begins best. */
  vertex: number;
}

/** Creates an empty target for `measureClearance`. */
export function createClearance(): Clearance {
  return { distance: 0, x: 0, y: 0, z: 0, vertex: 0 };
}

/**
 * Keeps the weight finite of a vertex that the point lies on, m²: (3 mm)², a fifth of an edge of the mannequin,
 * squared.
 */
const SOFTENING = 9e-6;

/**
 * Writes to `target` the signed distance of the point (x, y, z), metres, from the skin, and the direction outwards.
 *
 * 1. Walks over the skin's edges from vertex `start`, each time to a nearer vertex, until none is nearer. The skin has
 *    no seams, which would stop the walk.
 * 2. Averages the distances from the tangent planes of that vertex and its neighbours, the nearer the heavier (implicit
 *    moving least squares; Kolluri, SODA 2005).
 *
 * The average is smooth where the distance to the triangles has creases, so that cloth pushed by it stays smooth. On
 * the mannequin's arms it is up to about 1 mm too low, which pushes cloth out, not in.
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
      // Written so that NaN, of a broken body or cloth, ends the walk.
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
    // The vertex itself first, then its neighbours.
    const v = n < starts[vertex] ? vertex : neighbours[n];
    const o = 3 * v;
    const dx = x - positions[o];
    const dy = y - positions[o + 1];
    const dz = z - positions[o + 2];
    const near = dx * dx + dy * dy + dz * dz + SOFTENING;
    const weight = 1 / (near * near);
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
