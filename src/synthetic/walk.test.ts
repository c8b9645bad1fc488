import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMotionPose } from './motion-pose.ts';
import { type MotionName, motions } from './motions.ts';

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

/** The joints at a moment of a motion, by the bone's name: x, y, z, metres. */
function jointsAt(motion: MotionName, timeMs: number): (bone: BoneName) => number[] {
  const moment = createMotionPose();
  motions[motion](timeMs, moment);
  const { positions } = poseMannequin(mannequin.joints, moment.localRotations, moment.root, createMannequinPose());
  return (bone) => Array.from(positions.slice(3 * boneIndex[bone], 3 * boneIndex[bone] + 3));
}

describe('walking motions', () => {
  it('step-in stands in the middle and faces the camera, and is outside the picture before, between and after', () => {
    const hipsX = (timeMs: number): number => jointsAt('step-in', timeMs)('hips')[0];
    expect(hipsX(0)).toBeLessThan(-2);
    expect(hipsX(3700)).toBeCloseTo(0, 2);
    expect(hipsX(7000)).toBeGreaterThan(2);
    expect(hipsX(10500)).toBeCloseTo(0, 2);
    expect(hipsX(14000)).toBeLessThan(-2);
    const jointOf = jointsAt('step-in', 3700);
    expect(jointOf('leftUpperLeg')[0] - jointOf('rightUpperLeg')[0]).toBeGreaterThan(0.1);
  });

  it('walks forwards in both directions: the toes are ahead of the ankles', () => {
    for (const [timeMs, direction] of [
      [2000, 1],
      [8000, -1],
    ] as const) {
      const jointOf = jointsAt('pass', timeMs);
      for (const side of ['left', 'right'] as const)
        expect(direction * (jointOf(`${side}Toes`)[0] - jointOf(`${side}Foot`)[0])).toBeGreaterThan(0.05);
    }
  });

  it('plants the feet: they hardly slide or sink, and no joint jumps', () => {
    let slid = 0;
    let walked = 0;
    let lowest = Infinity;
    let highest = 0;
    for (let timeMs = 1000; timeMs < 4000; timeMs += 10) {
      const now = jointsAt('pass', timeMs);
      const next = jointsAt('pass', timeMs + 10);
      const planted = now('leftFoot')[1] < now('rightFoot')[1] ? 'left' : 'right';
      const step = next('hips')[0] - now('hips')[0];
      walked += step;
      slid += Math.abs(next(`${planted}Foot`)[0] - now(`${planted}Foot`)[0]);
      const above = (bone: BoneName): number => now(bone)[1] - mannequin.joints[3 * boneIndex[bone] + 1];
      // While the foot stands on its heel or ball, the ankle is higher than on the whole sole.
      highest = Math.max(highest, Math.abs(above(`${planted}Foot`)));
      for (const side of ['left', 'right'] as const) lowest = Math.min(lowest, above(`${side}Toes`));
      for (const bone of ['head', 'leftHand', 'leftFoot', 'rightFoot'] as const) {
        const jump = Math.hypot(...[0, 1, 2].map((k) => next(bone)[k] - now(bone)[k]));
        expect(jump).toBeLessThan(0.06);
      }
    }
    expect(slid / walked).toBeLessThan(0.2);
    expect(lowest).toBeGreaterThan(-0.01);
    expect(highest).toBeLessThan(0.05);
  });
});
