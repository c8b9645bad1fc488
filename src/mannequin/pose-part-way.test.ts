import { expect, it } from 'vitest';
import { BONE_COUNT, boneIndex } from './mannequin.ts';
import { createMannequinPose, poseMannequin } from './pose-mannequin.ts';
import { posePartWay } from './pose-part-way.ts';

/** Joints a hand's breadth apart, along y. */
const joints = Float32Array.from({ length: 3 * BONE_COUNT }, (_, k) => (k % 3 === 1 ? 0.1 * Math.floor(k / 3) : 0));

/** All joints turned by `angle` about z, radians, and the body turned about y and moved. */
function poseOf(angle: number) {
  const local = Float32Array.from({ length: 4 * BONE_COUNT }, (_, k) => {
    const half = k < 4 ? 0 : angle / 2;
    return [0, 0, Math.sin(half), Math.cos(half)][k % 4];
  });
  const root = {
    translation: [0.3, -0.2, -2] as [number, number, number],
    rotation: [0, Math.sin(0.4), 0, Math.cos(0.4)] as [number, number, number, number],
  };
  return poseMannequin(joints, local, root, createMannequinPose());
}

it.each([0, 0.5, 1])('at a share of %s, each joint is turned by that share', (share) => {
  const between = posePartWay(joints, poseOf(0.3), share, createMannequinPose());
  const expected = poseOf(0.3 * share);
  between.positions.forEach((value, k) => void expect(value).toBeCloseTo(expected.positions[k], 5));
  between.rotations.forEach((value, k) => void expect(value).toBeCloseTo(expected.rotations[k], 5));
  expect(between.positions.subarray(3 * boneIndex.hips, 3)).toEqual(expected.positions.subarray(3 * boneIndex.hips, 3));
});
