// The trunk's axis, from the middle of the hips to the middle of the shoulders, as the 33 pose landmarks show it.
import { landmarkIndex as at } from './landmark-index.ts';

/**
 * Returns the height (y) of the middle of the hips, in the unit of `world`.
 *
 * @param world 3 × 33 landmarks, camera axes (+x right, +y up, +z towards the viewer).
 */
export function hipHeight(world: ArrayLike<number>): number {
  return (world[3 * at.leftHip + 1] + world[3 * at.rightHip + 1]) / 2;
}

/**
 * Returns the extent of the trunk, from the middle of the hips to the middle of the shoulders, along one axis, in the
 * unit of `points`; negative when the shoulders are at the smaller value.
 *
 * @param points 33 points of `size` coordinates each.
 * @param axis Index of the coordinate.
 */
export function trunkExtent(points: ArrayLike<number>, size: number, axis: number): number {
  return (
    (points[size * at.leftShoulder + axis] + points[size * at.rightShoulder + axis]) / 2 -
    (points[size * at.leftHip + axis] + points[size * at.rightHip + axis]) / 2
  );
}

/**
 * Returns whether the trunk stands rather than lies in the picture: its height is at least half its length there. A
 * lying person's lean is not along the vertical, so nothing is straightened.
 *
 * @param world 3 × 33 landmarks, camera axes.
 */
export function isTrunkUpright(world: ArrayLike<number>): boolean {
  const height = trunkExtent(world, 3, 1);
  return height >= 0.5 * Math.hypot(trunkExtent(world, 3, 0), height);
}
