import { expect, it } from 'vitest';
import { BONE_COUNT, boneIndex, type MannequinMorph, morphIndex } from '../../src/mannequin/mannequin.ts';
import { committedMannequin } from './committed-mannequin.ts';

const { joints, morphs, positions } = await committedMannequin();
const morph: MannequinMorph = morphs[morphIndex.shoulderHeight]!;

/** Returns the highest vertex within 1 cm of a distance from the middle, to the body's left, that is below `maxY`. */
function highestAt(x: number, maxY: number): number {
  let highest = -1;
  for (let i = 0; i < positions.length; i += 3) {
    const isThere = Math.abs(positions[i]! - x) < 0.01 && positions[i + 1]! < maxY;
    if (isThere && (highest < 0 || positions[i + 1]! > positions[highest + 1]!)) highest = i;
  }
  return highest;
}

it('raises the shoulder line by its centimetres over the shoulder’s joint, and no joint', () => {
  expect(morph.joints).toEqual(new Float32Array(3 * BONE_COUNT));
  const top = highestAt(joints[3 * boneIndex.leftUpperArm]! - 0.01, 1.5);
  expect(morph.positions[top + 1]! * 100).toBeGreaterThan(0.9 * morph.cmPerUnit);
  expect(morph.positions[top + 1]! * 100).toBeLessThan(1.01 * morph.cmPerUnit);
});

it('leaves the skin of head, neck, armpits, waist and lower arms in place', () => {
  const shoulderY = joints[3 * boneIndex.leftUpperArm + 1]!;
  const neckY = joints[3 * boneIndex.neck + 1]!;
  const elbowX = joints[3 * boneIndex.leftLowerArm]!;
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y] = [Math.abs(positions[i]!), positions[i + 1]!];
    const isNeckOrHead = y > neckY + 0.06 || (y > neckY && x < 0.06);
    if (!isNeckOrHead && y > shoulderY - 0.09 && x < elbowX - 0.05) continue;
    expect(Math.hypot(...morph.positions.subarray(i, i + 3)), `at ${x.toFixed(2)}, ${y.toFixed(2)}`).toBeLessThan(
      0.001,
    );
  }
});

it('moves left and right alike: the mean sideways displacement is 0', () => {
  let sum = 0;
  for (let i = 0; i < positions.length; i += 3) sum += morph.positions[i]!;
  expect(Math.abs(sum) / (positions.length / 3)).toBeLessThan(1e-5);
});
