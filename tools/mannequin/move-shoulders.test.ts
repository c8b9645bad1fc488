import { describe, expect, it } from 'vitest';
import { BONE_COUNT, boneIndex, morphIndex } from '../../src/mannequin/mannequin.ts';
import { committedMannequin } from './committed-mannequin.ts';
import { shoulderMorphs } from './move-shoulders.ts';

const { joints, morphs, positions } = await committedMannequin();
const shoulder = [...joints.subarray(3 * boneIndex.leftUpperArm, 3 * boneIndex.leftUpperArm + 3)] as const;

/** Returns the index into `positions` of the vertex for which `value` is largest. */
function extreme(value: (x: number, y: number) => number): number {
  let best = 0;
  for (let i = 0; i < positions.length; i += 3)
    if (value(positions[i]!, positions[i + 1]!) > value(positions[best]!, positions[best + 1]!)) best = i;
  return best;
}

it('shoulderHeight lifts the top of the shoulder by its centimetres', () => {
  const morph = morphs[morphIndex.shoulderHeight]!;
  const top = extreme((x, y) => (Math.abs(x - 0.8 * shoulder[0]!) < 0.01 ? y : 0));
  expect(positions[top + 1]! - shoulder[1]!).toBeGreaterThan(0.05);
  expect(morph.positions[top + 1]! * 100).toBeGreaterThan(0.9 * morph.cmPerUnit);
  expect(morph.positions[top + 1]! * 100).toBeLessThan(1.01 * morph.cmPerUnit);
});

it('trapezius lifts the skin at the neck’s base by its centimetres, and hardly the end of the shoulder', () => {
  const morph = morphs[morphIndex.trapezius]!;
  const neckY = joints[3 * boneIndex.neck + 1]!;
  const liftAt = (share: number): number =>
    morph.positions[extreme((x, y) => (Math.abs(x - share * shoulder[0]!) < 0.01 && y < neckY + 0.05 ? y : 0)) + 1]! *
    100;
  expect(liftAt(0.45)).toBeGreaterThan(0.9 * morph.cmPerUnit);
  expect(liftAt(0.45)).toBeLessThan(1.01 * morph.cmPerUnit);
  expect(liftAt(0.95)).toBeLessThan(0.1 * morph.cmPerUnit);
});

it('deltoid moves the skin over the arm’s upper end by its centimetres, up and outwards', () => {
  const morph = morphs[morphIndex.deltoid]!;
  const outermost = extreme((x, y) => {
    const [dx, dy] = [x - shoulder[0]!, y - shoulder[1]!];
    return Math.abs(dx - dy - 0.03) < 0.01 ? dx + dy : 0;
  });
  const [dx, dy] = morph.positions.subarray(outermost, outermost + 2);
  expect(dx).toBeCloseTo(dy!, 5);
  expect(Math.hypot(dx!, dy!) * 100).toBeGreaterThan(0.9 * morph.cmPerUnit);
  expect(Math.hypot(dx!, dy!) * 100).toBeLessThan(1.01 * morph.cmPerUnit);
});

describe.each(shoulderMorphs)('%s', (name) => {
  const morph = morphs[morphIndex[name]]!;

  it('leaves the joints in place, and the skin of head, neck, armpits, waist and lower arms', () => {
    expect(morph.joints).toEqual(new Float32Array(3 * BONE_COUNT));
    const neckY = joints[3 * boneIndex.neck + 1]!;
    const elbowX = joints[3 * boneIndex.leftLowerArm]!;
    const faults: string[] = [];
    for (let i = 0; i < positions.length; i += 3) {
      const [x, y] = [Math.abs(positions[i]!), positions[i + 1]!];
      // The trapezius rises to the nape.
      const isNeckOrHead = y > neckY + 0.06 || (name !== 'trapezius' && y > neckY && x < 0.06);
      if (!isNeckOrHead && y > shoulder[1]! - 0.09 && x < elbowX - 0.05) continue;
      if (Math.hypot(...morph.positions.subarray(i, i + 3)) >= 0.001) faults.push(`${x.toFixed(2)}, ${y.toFixed(2)}`);
    }
    expect(faults).toEqual([]);
  });

  it('moves left and right alike: the mean sideways displacement is 0', () => {
    let sum = 0;
    for (let i = 0; i < positions.length; i += 3) sum += morph.positions[i]!;
    expect(Math.abs(sum) / (positions.length / 3)).toBeLessThan(1e-5);
  });
});
