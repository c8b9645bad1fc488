import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { LengthName } from './measure-names.ts';
import { createRestBody, shapeRestBody } from './rest-body.ts';

/** Returns the distance between points `i` and `j` of an array of 3 × points in metres, centimetres. */
function distance(points: ArrayLike<number>, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => points[3 * i + axis] - points[3 * j + axis]));
}

/**
 * Measures the mannequin (the body model) in one shape: shoulder breadth between the shoulders' landmark sites, and the
 * lengths of the left arm, the left leg and their two segments between joints (shoulder to wrist, hip to ankle).
 *
 * @param shape Morph weights in the order of `morphNames` (MORPH_COUNT).
 * @returns Name → length, centimetres.
 */
export function measureLengths(mannequin: Mannequin, shape: ArrayLike<number>): Record<LengthName, number> {
  const { joints, sites } = shapeRestBody(mannequin, shape, createRestBody());
  const upperArm = distance(joints, boneIndex.leftUpperArm, boneIndex.leftLowerArm);
  const lowerArm = distance(joints, boneIndex.leftLowerArm, boneIndex.leftHand);
  const upperLeg = distance(joints, boneIndex.leftUpperLeg, boneIndex.leftLowerLeg);
  const lowerLeg = distance(joints, boneIndex.leftLowerLeg, boneIndex.leftFoot);
  return {
    shoulder: distance(sites, landmarkIndex.leftShoulder, landmarkIndex.rightShoulder),
    arm: upperArm + lowerArm,
    upperArmLength: upperArm,
    lowerArmLength: lowerArm,
    leg: upperLeg + lowerLeg,
    upperLegLength: upperLeg,
    lowerLegLength: lowerLeg,
  };
}
