import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { createMannequinPose, type MannequinPose, poseMannequin } from '../mannequin/pose-mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { createMotionPose, type Motion } from './motion-pose.ts';
import { readBvh } from './read-bvh.ts';

let mannequin: Mannequin;
beforeAll(() => {
  const file = readFileSync(new URL('../../assets/mannequin.glb', import.meta.url));
  mannequin = readMannequin(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
});

function joint(name: string, offset: string, inner: string): string {
  return `JOINT ${name} { OFFSET ${offset} CHANNELS 3 Zrotation Xrotation Yrotation ${inner || 'End Site { OFFSET 0 1 0 }'} }\n`;
}
function armOf(side: string, x: number): string {
  return joint(
    `${side}Arm`,
    `${2 * x} 5 0`,
    joint(`${side}ForeArm`, `${3 * x} 0 0`, joint(`${side}Hand`, `${3 * x} 0 0`, '')),
  );
}
function legOf(side: string, x: number): string {
  return joint(`${side}UpLeg`, `${x} 0 0`, joint(`${side}Leg`, '0 -4 0', joint(`${side}Foot`, '0 -4 0', '')));
}
function tree(inner: string): string {
  return `HIERARCHY ROOT Hips { OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation ${inner} }\n`;
}
/** A body in a T, 8 from hip to ankle, with the turns (z, x, y) of its joints in the order Hips, arms, legs. */
function body(frames: number[][], names = (text: string) => text): string {
  return `${names(tree(armOf('Left', 1) + armOf('Right', -1) + legOf('Left', 1) + legOf('Right', -1)))}MOTION\nFrames: ${frames.length}\nFrame Time: 0.5\n${frames.map((frame) => frame.join(' ')).join('\n')}\n`;
}
function still(height = 8): number[] {
  return [0, height, 0, ...Array<number>(39).fill(0)];
}
function poseAt(motion: Motion, timeMs: number): MannequinPose {
  const target = createMotionPose();
  motion(timeMs, target);
  return poseMannequin(mannequin.joints, target.localRotations, target.root, createMannequinPose());
}
function way({ positions }: MannequinPose, from: BoneName, to: BoneName): number[] {
  const d = [0, 1, 2].map((k) => positions[3 * boneIndex[to] + k] - positions[3 * boneIndex[from] + k]);
  return d.map((x) => x / Math.hypot(...d));
}
function degreesBetween(a: number[], b: number[]): number {
  return (Math.acos(Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])) * 180) / Math.PI;
}

describe('readBvh', () => {
  it('takes arms out to the T of the file, and legs stay straight', () => {
    const pose = poseAt(readBvh(body([still()])), 0);
    expect(degreesBetween(way(pose, 'leftUpperArm', 'leftLowerArm'), [1, 0, 0])).toBeLessThan(5);
    expect(degreesBetween(way(pose, 'rightLowerArm', 'rightHand'), [-1, 0, 0])).toBeLessThan(5);
    expect(degreesBetween(way(pose, 'leftUpperLeg', 'leftFoot'), [0, -1, 0])).toBeLessThan(5);
  });

  it('turns a joint as the file does, in between too', () => {
    const bent = still();
    bent[9] = 90; // the left forearm, about z: straight up
    const motion = readBvh(body([still(), bent]));
    const turnOf = (timeMs: number): number =>
      degreesBetween(way(poseAt(motion, timeMs), 'leftLowerArm', 'leftHand'), [1, 0, 0]);
    expect(turnOf(499.999)).toBeGreaterThan(85);
    expect(turnOf(250)).toBeGreaterThan(40);
    expect(turnOf(250)).toBeLessThan(50);
    expect(turnOf(500)).toBeLessThan(5); // it repeats
  });

  it("walks by the leg's length: 8 of the file are 0.8 m", () => {
    const gone = still();
    gone[0] = 4;
    const target = createMotionPose();
    readBvh(body([still(), gone]))(250, target);
    expect(target.root.translation[0]).toBeCloseTo(0.2, 5);
    expect(target.root.translation[1]).toBeCloseTo(0, 5);
  });

  it('says which joints it does not know', () => {
    expect(() => readBvh(body([still()], (text) => text.replaceAll('Arm', 'Tentacle')))).toThrow(/leftUpperArm/);
    expect(() => readBvh(body([still()], (text) => text.replaceAll('Arm', 'Tentacle')))).toThrow(TypeError);
  });

  for (const text of [
    '',
    'HIERARCHY',
    'glTF',
    body([still()]).slice(0, -40),
    body([still()]).replace('Frames: 1', 'Frames: x'),
  ]) {
    it(`refuses ${JSON.stringify(text.slice(-30))}`, () => expect(() => readBvh(text)).toThrow(TypeError));
  }
});

const folder = new URL(`${process.env.FITTING_DATA ?? '../shared/data'}/motion/`, `file://${process.cwd()}/`);
for (const [name, lengthMs] of [
  ['jumping_jacks', 4130],
  ['wave_hello', 6990],
] as const) {
  describe.skipIf(!existsSync(new URL(`${name}.bvh`, folder)))(`${name}.bvh`, () => {
    let motion: Motion;
    beforeAll(() => {
      motion = readBvh(readFileSync(new URL(`${name}.bvh`, folder), 'utf8'));
    });
    const each = (look: (pose: MannequinPose, timeMs: number) => void): void => {
      for (let timeMs = 0; timeMs < lengthMs; timeMs += 50) look(poseAt(motion, timeMs), timeMs);
    };

    it('bends knees backwards and elbows no further than a forearm goes', () => {
      each((pose, timeMs) => {
        for (const side of ['left', 'right'] as const) {
          const thigh = way(pose, `${side}UpperLeg`, `${side}LowerLeg`);
          const shank = way(pose, `${side}LowerLeg`, `${side}Foot`);
          expect(degreesBetween(thigh, shank), `${side} knee at ${timeMs} ms`).toBeLessThan(120);
          expect(
            degreesBetween(
              way(pose, `${side}UpperArm`, `${side}LowerArm`),
              way(pose, `${side}LowerArm`, `${side}Hand`),
            ),
            `${side} elbow at ${timeMs} ms`,
          ).toBeLessThan(155);
        }
        for (const [bone, most] of [
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
          ).toBeLessThan(most);
        }
      });
    });

    it('keeps the feet on or over the floor, and stands on it', () => {
      const rest = mannequin.joints[3 * boneIndex.leftFoot + 1];
      let lowest = Infinity;
      each(({ positions }) => {
        for (const side of ['left', 'right'] as const)
          lowest = Math.min(lowest, positions[3 * boneIndex[`${side}Foot`] + 1] - rest);
      });
      expect(Math.abs(lowest)).toBeLessThan(0.03);
    });

    it('begins upright, facing the camera, in whole numbers only', () => {
      const pose = poseAt(motion, 0);
      expect(degreesBetween(way(pose, 'hips', 'head'), [0, 1, 0])).toBeLessThan(20);
      expect(way(pose, 'rightUpperLeg', 'leftUpperLeg')[0]).toBeGreaterThan(0.98);
      for (const b of boneNames.keys())
        expect(Math.hypot(...pose.rotations.subarray(4 * b, 4 * b + 4))).toBeCloseTo(1, 4);
    });
  });
}
