import { boneIndex } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/**
 * Returns the sine of the angle by which the trunk is turned from the front or back view: 0 in these, 1 from the side.
 * `rotations`: a unit quaternion (x, y, z, w) for each bone, from the rest pose to camera axes (+x right, +z towards
 * the viewer).
 */
export function trunkTurnSine({ rotations }: PosedBody): number {
  const bone = 4 * boneIndex.spine;
  // z of the direction in which the body's left, its +x, points.
  return Math.abs(2 * (rotations[bone] * rotations[bone + 2] - rotations[bone + 3] * rotations[bone + 1]));
}
