/**
 * A place on or beyond the line from one joint to another: `from` and `to` by bone index, `share` 0 at `from` and 1 at
 * `to`.
 */
export interface JointPlace {
  from: number;
  to: number;
  share: number;
}

/**
 * One coordinate (`axis` 0, 1 or 2 for x, y or z) of a place between two of the joints `positions`, 3 × BONE_COUNT,
 * metres.
 */
export function coordinateBetween(positions: Float32Array, { from, to, share }: JointPlace, axis: number): number {
  return positions[3 * from + axis] + share * (positions[3 * to + axis] - positions[3 * from + axis]);
}
