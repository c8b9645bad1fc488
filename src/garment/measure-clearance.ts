import type { Neighbours } from './find-neighbours.ts';

/** A body's skin: what cloth must stay outside of. Positions and normals, 3 × vertices, change with the shape; the rest does not. */
export interface Skin {
  positions: Float32Array;
  normals: Float32Array;
}

/** Distance and direction from the skin at one point. */
export interface Clearance {
  /** Metres outwards; negative inside the body. */
  distance: number;
  /** Unit vector outwards. */
  x: number;
  y: number;
  z: number;
  /** The vertex of the skin nearest to the point: where the search for a near point best begins. */
  vertex: number;
}

export function createClearance(): Clearance {
  return { distance: 0, x: 0, y: 0, z: 0, vertex: 0 };
}

/** Keeps the weight of a vertex that the point sits on finite, m²: (3 mm)², a fifth of an edge of the mannequin. */
const SOFTENING = 9e-6;

/**
 * Signed distance of a point from the skin, found by walking downhill from vertex `start` to the nearest vertex and
 * blending the tangent planes there and around it by distance (implicit moving least squares; Kolluri, SODA 2005). The
 * blend is smooth where the distance to bare triangles has creases, so that what is pushed by it stays smooth. It runs
 * low by at most about 1 mm on the mannequin's arms, on the safe side.
 * The skin has no seams: its neighbours lead everywhere.
 */
export function measureClearance(
  { positions, normals }: Skin,
  mesh: Neighbours,
  start: number,
  x: number,
  y: number,
  z: number,
  target: Clearance,
): Clearance {
  const { starts, neighbours } = mesh;
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
