import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { createMotionPose, type Motion } from './motion-pose.ts';
import { readBvh } from './read-bvh.ts';

let mannequin: Mannequin;
beforeAll(async () => {
  mannequin = await committedMannequin();
});

const ROTATIONS = 'Zrotation Xrotation Yrotation';

function joint(name: string, offset: string, children = 'End Site { OFFSET 0 1 0 }'): string {
  return `JOINT ${name} { OFFSET ${offset} CHANNELS 3 ${ROTATIONS} ${children} }\n`;
}
function armOf(side: string, x: number): string {
  const hand = joint(`${side}Hand`, `${3 * x} 0 0`);
  return joint(`${side}Arm`, `${2 * x} 5 0`, joint(`${side}ForeArm`, `${3 * x} 0 0`, hand));
}
function legOf(side: string, x: number): string {
  return joint(`${side}UpLeg`, `${x} 0 0`, joint(`${side}Leg`, '0 -4 0', joint(`${side}Foot`, '0 -4 0')));
}
function tree(children: string): string {
  const channels = `CHANNELS 6 Xposition Yposition Zposition ${ROTATIONS}`;
  return `HIERARCHY ROOT Hips { OFFSET 0 0 0 ${channels} ${children} }\n`;
}
/**
 * The text of a BVH file: a body in a T, 8 units from hip to ankle. A frame is the position of the hips, then the
 * rotations (z, x, y) of hips, left arm, right arm, left leg and right leg, degrees. `rename` changes the hierarchy's
 * text.
 */
function body(frames: number[][], rename = (hierarchy: string) => hierarchy): string {
  const hierarchy = tree(armOf('Left', 1) + armOf('Right', -1) + legOf('Left', 1) + legOf('Right', -1));
  const motion = frames.map((frame) => `${frame.join(' ')}\n`).join('');
  return `${rename(hierarchy)}MOTION\nFrames: ${frames.length}\nFrame Time: 0.5\n${motion}`;
}
/** A frame in which the body stands in its T. */
function still(height = 8): number[] {
  return [0, height, 0, ...Array<number>(39).fill(0)];
}
function poseAt(motion: Motion, timeMs: number): MannequinPose {
  const target = createMotionPose();
  motion(timeMs, target);
  return poseMannequin(mannequin.joints, target.localRotations, target.root, createMannequinPose());
}
/** Unit vector from one joint to another. */
function direction({ positions }: MannequinPose, from: BoneName, to: BoneName): number[] {
  const d = [0, 1, 2].map((k) => positions[3 * boneIndex[to] + k] - positions[3 * boneIndex[from] + k]);
  return d.map((x) => x / Math.hypot(...d));
}
function degreesBetween(a: number[], b: number[]): number {
  return (Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])) * 180) / Math.PI;
}

describe('readBvh', () => {
  it('spreads the arms as the T of the file does and keeps the legs straight', () => {
    const pose = poseAt(readBvh(body([still()])), 0);
    expect(degreesBetween(direction(pose, 'leftUpperArm', 'leftLowerArm'), [1, 0, 0])).toBeLessThan(5);
    expect(degreesBetween(direction(pose, 'rightLowerArm', 'rightHand'), [-1, 0, 0])).toBeLessThan(5);
    expect(degreesBetween(direction(pose, 'leftUpperLeg', 'leftFoot'), [0, -1, 0])).toBeLessThan(5);
  });

  it('rotates a joint as the file does, and blends between two frames', () => {
    const bent = still();
    bent[9] = 90; // The left forearm about z: it points straight up.
    const motion = readBvh(body([still(), bent]));
    const degreesFromRest = (timeMs: number): number =>
      degreesBetween(direction(poseAt(motion, timeMs), 'leftLowerArm', 'leftHand'), [1, 0, 0]);
    expect(degreesFromRest(499.999)).toBeGreaterThan(85);
    expect(degreesFromRest(250)).toBeGreaterThan(40);
    expect(degreesFromRest(250)).toBeLessThan(50);
    expect(degreesFromRest(500)).toBeLessThan(5); // The clip starts again.
  });

  it('scales lengths by the legs: 8 units of the file are 0.8 m', () => {
    const moved = still();
    moved[0] = 4;
    const target = createMotionPose();
    readBvh(body([still(), moved]))(250, target);
    expect(target.root.translation[0]).toBeCloseTo(0.2, 5);
    expect(target.root.translation[1]).toBeCloseTo(0, 5);
  });

  it('throws a TypeError that names the bones that no joint is named after', () => {
    expect(() => readBvh(body([still()], (text) => text.replaceAll('Arm', 'Tentacle')))).toThrow(/leftUpperArm/);
    expect(() => readBvh(body([still()], (text) => text.replaceAll('Arm', 'Tentacle')))).toThrow(TypeError);
  });

  for (const [name, text, message] of [
    ['an empty text', '', /HIERARCHY/],
    ['another format', 'glTF', /HIERARCHY/],
    ['a file that ends after its first word', 'HIERARCHY', /HIERARCHY/],
    ['a file without motion', tree(armOf('Left', 1)), /Frames/],
    ['a last frame with too few values', body([still()]).slice(0, -40), /too early/],
    ['a frame count that is no number', body([still()]).replace('Frames: 1', 'Frames: x'), /Frames/],
    ['a channel of an unknown name', body([still()]).replace('Zrotation', 'Wrotation'), /Wrotation/],
    [
      'fewer channels than announced',
      body([still()], (text) => text.replace('CHANNELS 3', 'CHANNELS 9')),
      /announces 9 names, but 3/,
    ],
    ['a value that is no number', body([[0, 8, NaN, ...still().slice(3)]]), /"Hips" is not a number/],
    ['an offset that is no number', body([still()], (text) => text.replace('OFFSET 0 -4 0', 'OFFSET 0 x 0')), /Leg/],
  ] as const) {
    it(`refuses ${name}`, () => {
      expect(() => readBvh(text)).toThrow(TypeError);
      expect(() => readBvh(text)).toThrow(message);
    });
  }
});

const folder = new URL(`${process.env.FITTING_DATA ?? '../shared/data'}/motion/`, `file://${process.cwd()}/`);
for (const [name, lengthMs] of [
  ['jumping_jacks', 4130],
  ['wave_hello', 6990],
] as const) {
  describe.skipIf(!existsSync(new URL(`${name}.bvh`, folder)))(`readBvh of ${name}.bvh`, () => {
    let motion: Motion;
    beforeAll(() => {
      motion = readBvh(readFileSync(new URL(`${name}.bvh`, folder), 'utf8'));
    });
    const forEachPose = (check: (pose: MannequinPose, timeMs: number) => void): void => {
      for (let timeMs = 0; timeMs < lengthMs; timeMs += 50) check(poseAt(motion, timeMs), timeMs);
    };

    it('bends knees, elbows and trunk no further than a body does', () => {
      forEachPose((pose, timeMs) => {
        for (const side of ['left', 'right'] as const) {
          const thigh = direction(pose, `${side}UpperLeg`, `${side}LowerLeg`);
          const shank = direction(pose, `${side}LowerLeg`, `${side}Foot`);
          expect(degreesBetween(thigh, shank), `${side} knee at ${timeMs} ms`).toBeLessThan(120);
          expect(
            degreesBetween(
              direction(pose, `${side}UpperArm`, `${side}LowerArm`),
              direction(pose, `${side}LowerArm`, `${side}Hand`),
            ),
            `${side} elbow at ${timeMs} ms`,
          ).toBeLessThan(155);
        }
        for (const [bone, maxDegrees] of [
          ['spine', 45],
          ['chest', 45],
          ['upperChest', 45],
          ['neck', 60],
          ['head', 60],
        ] as const) {
          const target = createMotionPose();
          motion(timeMs, target);
          expect(
            (2 * Math.acos(Math.min(1, Math.abs(target.localRotations[4 * boneIndex[bone] + 3]))) * 180) / Math.PI,
            `${bone} at ${timeMs} ms`,
          ).toBeLessThan(maxDegrees);
        }
      });
    });

    it('brings the lowest ankle to its height on the floor', () => {
      const rest = mannequin.joints[3 * boneIndex.leftFoot + 1];
      let lowest = Infinity;
      forEachPose(({ positions }) => {
        for (const side of ['left', 'right'] as const)
          lowest = Math.min(lowest, positions[3 * boneIndex[`${side}Foot`] + 1] - rest);
      });
      expect(Math.abs(lowest)).toBeLessThan(0.03);
    });

    it('begins upright and facing the camera, with unit rotations', () => {
      const pose = poseAt(motion, 0);
      expect(degreesBetween(direction(pose, 'hips', 'head'), [0, 1, 0])).toBeLessThan(20);
      expect(direction(pose, 'rightUpperLeg', 'leftUpperLeg')[0]).toBeGreaterThan(0.98);
      for (const b of boneNames.keys())
        expect(Math.hypot(...pose.rotations.subarray(4 * b, 4 * b + 4))).toBeCloseTo(1, 4);
    });
  });
}
