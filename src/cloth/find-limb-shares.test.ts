import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { findLimbShares } from './find-limb-shares.ts';

it('sums what arms and legs move of a particle, and leaves out what trunk and clavicle move', () => {
  const { chest, leftShoulder, leftUpperArm, leftUpperArmTwist, hips, rightUpperLeg } = boneIndex;
  const skinIndices = [chest, leftShoulder, 0, 0, chest, leftUpperArm, leftUpperArmTwist, 0, hips, rightUpperLeg, 0, 0];
  const skinWeights = [0.5, 0.5, 0, 0, 0.25, 0.5, 0.25, 0, 0.5, 0.5, 0, 0];
  expect([...findLimbShares([2, 0, 1], skinIndices, skinWeights)]).toEqual([0.5, 0, 0.75]);
});
