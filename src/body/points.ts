import type { Vector3 } from 'three';

// Functions for points in flat arrays: x, y and z of point i are at index 3 × i and after, in any space and unit. Each
// function writes its result to `target`, returns `target`, and allocates nothing.

/** `target` = points[index]. */
export function read(points: ArrayLike<number>, index: number, target: Vector3): Vector3 {
  return target.fromArray(points, 3 * index);
}

/** `target` = (points[i] + points[j]) / 2. */
export function middleOf(points: ArrayLike<number>, i: number, j: number, target: Vector3): Vector3 {
  return target.set(
    (points[3 * i] + points[3 * j]) / 2,
    (points[3 * i + 1] + points[3 * j + 1]) / 2,
    (points[3 * i + 2] + points[3 * j + 2]) / 2,
  );
}

/** `target` = points[to] − points[from]. */
export function between(points: ArrayLike<number>, from: number, to: number, target: Vector3): Vector3 {
  return target.set(
    points[3 * to] - points[3 * from],
    points[3 * to + 1] - points[3 * from + 1],
    points[3 * to + 2] - points[3 * from + 2],
  );
}
