import { boneIndex } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/** Returns the sine of the angle between the trunk and the front or back view: 0 in these, 1 from the side. */
export function trunkTurnSine({ rotations }: PosedBody): number {
  const bone = 4 * boneIndex.spine;
  // z of the direction of the body's x axis.
  return Math.abs(2 * (rotations[bone] * rotations[bone + 2] - rotations[bone + 3] * rotations[bone + 1]));
}
