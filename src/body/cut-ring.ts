import type { Mannequin } from '../mannequin/mannequin.ts';

// Cuts of a plane through the skin of the mannequin (the body model) in its rest pose and base shape, as points on the
// edges of its triangles. Model space: metres, +x to the body's left, +y up, +z forward.

/** A plane across a part of the body: a point of it, x, y and z, and its normal, a unit vector. */
export interface RingPlane {
  origin: readonly number[];
  normal: readonly number[];
}

/** A point of the skin on the edge between vertices `a` and `b`, at the share `t` of the way from `a` to `b`. */
export interface RingPoint {
  a: number;
  b: number;
  t: number;
}

/** Returns the value of a point on one axis (0..2) from values of the vertices, 3 each: positions or displacements. */
export function atRingPoint(values: ArrayLike<number>, { a, b, t }: RingPoint, axis: number): number {
  return values[3 * a + axis] * (1 - t) + values[3 * b + axis] * t;
}

/** Returns, by vertex, the bone with the largest skin weight (index into `boneNames`). */
export function mainBones({ positions, skinIndices, skinWeights }: Mannequin): number[] {
  return Array.from({ length: positions.length / 3 }, (_, vertex) => {
    let best = 4 * vertex;
    for (let i = best + 1; i < 4 * vertex + 4; i++) if (skinWeights[i] > skinWeights[best]) best = i;
    return skinIndices[best];
  });
}

/**
 * Returns the points, in no order, where a plane crosses the edges of the skin between vertices that `isWanted` allows.
 */
export function cutRing(
  { positions, indices }: Mannequin,
  { origin, normal }: RingPlane,
  isWanted: (vertex: number) => boolean,
): RingPoint[] {
  const [nx, ny, nz] = normal;
  const offset = nx * origin[0] + ny * origin[1] + nz * origin[2];
  /** Of each vertex over the plane, metres. */
  const heights = new Float64Array(positions.length / 3);
  for (let v = 0; v < heights.length; v++)
    heights[v] = nx * positions[3 * v] + ny * positions[3 * v + 1] + nz * positions[3 * v + 2] - offset;
  const points: RingPoint[] = [];
  for (let i = 0; i < indices.length; i++) {
    const a = indices[i];
    const b = indices[i % 3 === 2 ? i - 2 : i + 1];
    // Each edge belongs to two triangles, once in each direction.
    if (a > b) continue;
    const isCrossing = heights[a] < 0 !== heights[b] < 0;
    if (isCrossing && isWanted(a) && isWanted(b)) points.push({ a, b, t: heights[a] / (heights[a] - heights[b]) });
  }
  return points;
}
