import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { BONE_COUNT, boneIndex, type Mannequin } from './mannequin.ts';
import { createMannequinPose, poseMannequin } from './pose-mannequin.ts';
import { skinVertices } from './skin-vertices.ts';

const ROOT_AT_REST = {
  translation: [0, 0, 0] as [number, number, number],
  rotation: [0, 0, 0, 1] as [number, number, number, number],
};
/** Local rotations of the rest pose. */
function identities(): Float32Array {
  return Float32Array.from({ length: 4 * BONE_COUNT }, (_, i) => (i % 4 === 3 ? 1 : 0));
}

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

describe('poseMannequin', () => {
  it('leaves joints and skin where they are without rotations', () => {
    const pose = poseMannequin(mannequin.joints, identities(), ROOT_AT_REST, createMannequinPose());
    pose.positions.forEach((c, i) => expect(c).toBeCloseTo(mannequin.joints[i], 5));
    const skin = skinVertices(mannequin, mannequin.joints, pose, new Float32Array(mannequin.positions.length));
    expect(Math.max(...skin.map((c, i) => Math.abs(c - mannequin.positions[i])))).toBeLessThan(1e-5);
  });

  it('moves and rotates the whole body with the root', () => {
    const root = {
      translation: [1, 2, 3] as [number, number, number],
      rotation: [0, 1, 0, 0] as [number, number, number, number],
    };
    const pose = poseMannequin(mannequin.joints, identities(), root, createMannequinPose());
    for (let b = 0; b < BONE_COUNT; b++) {
      expect(pose.positions[3 * b]).toBeCloseTo(1 - mannequin.joints[3 * b], 5);
      expect(pose.positions[3 * b + 1]).toBeCloseTo(2 + mannequin.joints[3 * b + 1], 5);
      expect(pose.positions[3 * b + 2]).toBeCloseTo(3 - mannequin.joints[3 * b + 2], 5);
    }
  });

  it('raises the left arm to the horizontal by 45° about z', () => {
    const local = identities();
    local.set([0, 0, Math.sin(Math.PI / 8), Math.cos(Math.PI / 8)], 4 * boneIndex.leftUpperArm);
    const pose = poseMannequin(mannequin.joints, local, ROOT_AT_REST, createMannequinPose());
    expect(pose.positions[3 * boneIndex.leftHand + 1]).toBeCloseTo(pose.positions[3 * boneIndex.leftUpperArm + 1], 3);
    expect(pose.positions[3 * boneIndex.leftHand]).toBeGreaterThan(0.6);
  });
});
