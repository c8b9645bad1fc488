import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { createMotionPose } from '../synthetic/motion-pose.ts';
import { motions } from '../synthetic/motions.ts';
import { BONE_COUNT, boneIndex, boneParents, type Mannequin } from './mannequin.ts';
import { createMannequinPose, poseMannequin } from './pose-mannequin.ts';
import { skinVertices } from './skin-vertices.ts';

const atRest = {
  translation: [0, 0, 0] as [number, number, number],
  rotation: [0, 0, 0, 1] as [number, number, number, number],
};
function identities(): Float32Array {
  return Float32Array.from({ length: 4 * BONE_COUNT }, (_, i) => (i % 4 === 3 ? 1 : 0));
}

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

describe('poseMannequin', () => {
  it('leaves joints and skin where they are without rotations', () => {
    const pose = poseMannequin(mannequin.joints, identities(), atRest, createMannequinPose());
    pose.positions.forEach((c, i) => expect(c).toBeCloseTo(mannequin.joints[i]!, 5));
    const skin = skinVertices(
      mannequin.positions,
      mannequin.skinIndices,
      mannequin.skinWeights,
      mannequin.joints,
      pose,
      new Float32Array(mannequin.positions.length),
    );
    skin.forEach((c, i) => expect(Math.abs(c - mannequin.positions[i]!)).toBeLessThan(1e-5));
  });

  it('turns the root, and with it everything: half a turn about y puts the nose behind', () => {
    const root = {
      translation: [1, 2, 3] as [number, number, number],
      rotation: [0, 1, 0, 0] as [number, number, number, number],
    };
    const pose = poseMannequin(mannequin.joints, identities(), root, createMannequinPose());
    for (let b = 0; b < BONE_COUNT; b++) {
      expect(pose.positions[3 * b]).toBeCloseTo(1 - mannequin.joints[3 * b]!, 5);
      expect(pose.positions[3 * b + 1]).toBeCloseTo(2 + mannequin.joints[3 * b + 1]!, 5);
      expect(pose.positions[3 * b + 2]).toBeCloseTo(3 - mannequin.joints[3 * b + 2]!, 5);
    }
  });

  it('raises the left arm to the horizontal by 45° about z', () => {
    const local = identities();
    local.set([0, 0, Math.sin(Math.PI / 8), Math.cos(Math.PI / 8)], 4 * boneIndex.leftUpperArm);
    const pose = poseMannequin(mannequin.joints, local, atRest, createMannequinPose());
    expect(pose.positions[3 * boneIndex.leftHand + 1]).toBeCloseTo(pose.positions[3 * boneIndex.leftUpperArm + 1]!, 3);
    expect(pose.positions[3 * boneIndex.leftHand]).toBeGreaterThan(0.6);
  });
});

describe('motions', () => {
  it.each(Object.keys(motions) as (keyof typeof motions)[])(
    '%s is the same at the same time, keeps bone lengths and unit rotations',
    (name) => {
      const first = createMotionPose();
      const again = createMotionPose();
      for (const timeMs of [0, 333, 1250, 2500, 4711]) {
        motions[name](timeMs, first);
        motions[name](9999, again);
        motions[name](timeMs, again);
        expect(again.localRotations).toEqual(first.localRotations);
        const pose = poseMannequin(mannequin.joints, first.localRotations, first.root, createMannequinPose());
        for (let b = 0; b < BONE_COUNT; b++) {
          expect(Math.hypot(...pose.rotations.slice(4 * b, 4 * b + 4))).toBeCloseTo(1, 4);
          const parent = boneParents[b]!;
          if (parent < 0) continue;
          const length = (joints: ArrayLike<number>): number =>
            Math.hypot(...[0, 1, 2].map((k) => joints[3 * b + k]! - joints[3 * parent + k]!));
          expect(length(pose.positions)).toBeCloseTo(length(mannequin.joints), 4);
        }
      }
    },
  );

  it('arms reaches above the head, arms-crossed brings each hand to the other side', () => {
    const motion = createMotionPose();
    const hand = (name: keyof typeof motions, timeMs: number): number[] => {
      motions[name](timeMs, motion);
      const pose = poseMannequin(mannequin.joints, motion.localRotations, motion.root, createMannequinPose());
      return Array.from(pose.positions.slice(3 * boneIndex.leftHand, 3 * boneIndex.leftHand + 3));
    };
    expect(hand('arms', 2500)[1]).toBeGreaterThan(mannequin.statureMetres);
    expect(hand('arms-crossed', 2500)[0]).toBeLessThan(0.05);
    expect(hand('arms-crossed', 2500)[2]).toBeGreaterThan(0.1);
  });
});
