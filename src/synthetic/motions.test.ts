import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { BONE_COUNT, boneIndex, boneParents, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMotionPose } from './motion-pose.ts';
import { motions } from './motions.ts';

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

describe('motions', () => {
  it.each(Object.keys(motions) as (keyof typeof motions)[])(
    '%s gives the same pose at the same time, and keeps bone lengths and unit rotations',
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
          const parent = boneParents[b];
          if (parent < 0) continue;
          const length = (joints: ArrayLike<number>): number =>
            Math.hypot(...[0, 1, 2].map((k) => joints[3 * b + k] - joints[3 * parent + k]));
          expect(length(pose.positions)).toBeCloseTo(length(mannequin.joints), 4);
        }
      }
    },
  );

  it('arms reaches above the head, and arms-crossed brings the left hand before the other side', () => {
    const motion = createMotionPose();
    const leftHandAt = (name: keyof typeof motions, timeMs: number): number[] => {
      motions[name](timeMs, motion);
      const pose = poseMannequin(mannequin.joints, motion.localRotations, motion.root, createMannequinPose());
      return Array.from(pose.positions.slice(3 * boneIndex.leftHand, 3 * boneIndex.leftHand + 3));
    };
    expect(leftHandAt('arms', 2500)[1]).toBeGreaterThan(mannequin.statureMetres);
    expect(leftHandAt('arms-crossed', 2500)[0]).toBeLessThan(0.05);
    expect(leftHandAt('arms-crossed', 2500)[2]).toBeGreaterThan(0.1);
  });
});
