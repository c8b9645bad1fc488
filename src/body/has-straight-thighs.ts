import { boneIndex } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';

/** Thighs further from the trunk's line than this (cosine of 35°) belong to a body that bends or sits. */
const MIN_UPRIGHT = 0.82;
const THIGHS = [
  [boneIndex.leftUpperLeg, boneIndex.leftLowerLeg],
  [boneIndex.rightUpperLeg, boneIndex.rightLowerLeg],
] as const;

/** Returns whether both thighs continue the line of the trunk. */
export function hasStraightThighs({ positions }: PosedBody): boolean {
  const hips = 3 * boneIndex.hips;
  const chest = 3 * boneIndex.upperChest;
  for (const [from, to] of THIGHS) {
    let dot = 0;
    let trunk = 0;
    let thigh = 0;
    for (let axis = 0; axis < 3; axis++) {
      const a = positions[hips + axis] - positions[chest + axis];
      const b = positions[3 * to + axis] - positions[3 * from + axis];
      dot += a * b;
      trunk += a * a;
      thigh += b * b;
    }
    if (dot < MIN_UPRIGHT * Math.sqrt(trunk * thigh)) return false;
  }
  return true;
}
