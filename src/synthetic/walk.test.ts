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

function jointsAt(motion: MotionName, timeMs: number): (bone: BoneName) => number[] {
  const moment = createMotionPose();
  motions[motion](timeMs, moment);
  const { positions } = poseMannequin(mannequin.joints, moment.localRotations, moment.root, createMannequinPose());
  return (bone) => Array.from(positions.slice(3 * boneIndex[bone], 3 * boneIndex[bone] + 3));
}

describe('walking motions', () => {
  it('step-in stands in the middle facing the camera, and is away before, between and after', () => {
    const x = (timeMs: number): number => jointsAt('step-in', timeMs)('hips')[0]!;
    expect(x(0)).toBeLessThan(-2);
    expect(x(3700)).toBeCloseTo(0, 2);
    expect(x(7000)).toBeGreaterThan(2);
    expect(x(10500)).toBeCloseTo(0, 2);
    expect(x(14000)).toBeLessThan(-2);
    const at = jointsAt('step-in', 3700);
    expect(at('leftUpperLeg')[0]! - at('rightUpperLeg')[0]!).toBeGreaterThan(0.1);
  });

  it('walks forwards: the toes lead on both ways', () => {
    for (const [timeMs, way] of [
      [2000, 1],
      [8000, -1],
    ] as const) {
      const at = jointsAt('pass', timeMs);
      for (const side of ['left', 'right'] as const)
        expect(way * (at(`${side}Toes`)[0]! - at(`${side}Foot`)[0]!)).toBeGreaterThan(0.05);
    }
  });

  it('the planted foot neither slides nor sinks much, and never jumps', () => {
    let slid = 0;
    let gone = 0;
    let lowest = Infinity;
    let highest = 0;
    for (let timeMs = 1000; timeMs < 4000; timeMs += 10) {
      const now = jointsAt('pass', timeMs);
      const next = jointsAt('pass', timeMs + 10);
      const planted = now('leftFoot')[1]! < now('rightFoot')[1]! ? 'left' : 'right';
      const step = next('hips')[0]! - now('hips')[0]!;
      gone += step;
      slid += Math.abs(next(`${planted}Foot`)[0]! - now(`${planted}Foot`)[0]!);
      const above = (bone: BoneName): number => now(bone)[1]! - mannequin.joints[3 * boneIndex[bone] + 1]!;
      // On the heel or the ball the ankle is higher than on the whole sole.
      highest = Math.max(highest, Math.abs(above(`${planted}Foot`)));
      for (const side of ['left', 'right'] as const) lowest = Math.min(lowest, above(`${side}Toes`));
      for (const bone of ['head', 'leftHand', 'leftFoot', 'rightFoot'] as const) {
        const jump = Math.hypot(...[0, 1, 2].map((k) => next(bone)[k]! - now(bone)[k]!));
        expect(jump).toBeLessThan(0.06);
      }
    }
    expect(slid / gone).toBeLessThan(0.2);
    expect(lowest).toBeGreaterThan(-0.01);
    expect(highest).toBeLessThan(0.05);
  });
});
