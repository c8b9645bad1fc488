/** A point on the straight line through two joints. */
export interface JointLinePoint {
  /** The two joints, as bone indices 0..BONE_COUNT − 1. */
  from: number;
  to: number;
  /** Position on the line, unitless: 0 at `from`, 1 at `to`, below 0 or above 1 beyond them. */
  share: number;
}

/**
 * Computes one coordinate of a point on the line through two joints.
 *
 * @param positions joints, 3 × BONE_COUNT, in any space.
 * @param axis 0, 1 or 2 for x, y or z.
 * @returns the point's coordinate on that axis, in the space and unit of `positions`.
 */
export function coordinateBetween(positions: Float32Array, { from, to, share }: JointLinePoint, axis: number): number {
  return positions[3 * from + axis] + share * (positions[3 * to + axis] - positions[3 * from + axis]);
}
