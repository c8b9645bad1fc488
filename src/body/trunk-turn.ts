import { boneIndex } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/**
 * Returns by how much the trunk is turned about the vertical from the front or back view: half the sine of twice the
 * angle. That is about the angle, radians, up to 30°, and 0 in a side view, where a further turn changes no breadth. It
 * is positive if the turn moves what is in front of the trunk's axis to the right of the picture.
 *
 * @param body.rotations A unit quaternion (x, y, z, w) for each bone, from the rest pose to camera axes.
 */
export function trunkTurn({ rotations }: PosedBody): number {
  const bone = 4 * boneIndex.spine;
  const x = rotations[bone];
  const y = rotations[bone + 1];
  const z = rotations[bone + 2];
  const w = rotations[bone + 3];
  // The direction in which the body's left, its +x, points.
  const leftX = 1 - 2 * (y * y + z * z);
  const leftZ = 2 * (x * z - w * y);
  return (-leftX * leftZ) / (leftX * leftX + leftZ * leftZ);
}
