import { describe, expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { BONE_COUNT, type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';
import { bringArmsForward } from './bring-arms-forward.ts';

const CHEST_DEPTH = 2;
/** Metres from the hips. */
type Place = [x: number, y: number, towardsCamera: number];

/**
 * How far forearm and hand of one arm lie before the trunk's axis as drawn, metres, for an elbow and a wrist placed
 * from the hips, shoulders 36 cm apart, turned about the axis.
 */
function drawn(elbow: Place, wrist: Place, { side = 'left' as 'left' | 'right', turnDegrees = 0, tall = 1 } = {}) {
  const body = createPosedBody();
  const put = (bone: BoneName, [x, y, z]: Place): void =>
    body.positions.set([x, tall * y, z - CHEST_DEPTH], 3 * boneIndex[bone]);
  const turn = (turnDegrees * Math.PI) / 180;
  const shoulder = (x: number): Place => [x * Math.cos(turn), 0.45, -x * Math.sin(turn)];
  put('hips', [0, 0, 0]);
  put('upperChest', [0, 0.35, 0]);
  put('leftUpperArm', shoulder(0.18));
  put('rightUpperArm', shoulder(-0.18));
  const other = side === 'left' ? 'right' : 'left';
  put(`${other}LowerArm`, [-0.6, 0.4, 0]);
  put(`${other}Hand`, [-0.9, 0.4, 0]);
  put(`${side}LowerArm`, elbow);
  put(`${side}Hand`, wrist);
  const nearness = new Float32Array(BONE_COUNT).fill(1);
  bringArmsForward(body, nearness);
  const depths = { elbow: elbow[2], wrist: wrist[2], hand: wrist[2] + 0.3 * (wrist[2] - elbow[2]) };
  const before = (bone: BoneName, z: number): number => CHEST_DEPTH - (CHEST_DEPTH - z) * nearness[boneIndex[bone]];
  return { elbow: before(`${side}LowerArm`, depths.elbow), hand: before(`${side}Hand`, depths.hand), nearness, body };
}

describe('draws an arm over the trunk before it', () => {
  it('also when its depth was guessed at the axis or a little behind it', () => {
    for (const guessed of [0.15, 0.05, -0.02])
      expect(drawn([0.25, 0.12, 0.02], [0.02, 0.19, guessed]).hand).toBeGreaterThan(0.18);
  });
  it('on either side', () => {
    expect(drawn([-0.25, 0.12, 0.02], [-0.02, 0.19, 0.05], { side: 'right' }).hand).toBeGreaterThan(0.18);
  });
  it('and keeps the nearer of two arms nearer', () => {
    const far = drawn([0.25, 0.12, 0.05], [0, 0.19, 0.05]).hand;
    const near = drawn([0.25, 0.12, 0.05], [0, 0.19, 0.12]).hand;
    expect(near).toBeGreaterThan(far);
  });
  it('also on the far side of a turned body', () => {
    expect(drawn([0.2, 0.12, -0.1], [0.02, 0.19, 0.1], { turnDegrees: 45 }).hand).toBeGreaterThan(0.18);
  });
});

describe('leaves an arm where it is', () => {
  it('beside the trunk', () => {
    const { elbow, hand } = drawn([0.25, 0.15, -0.03], [0.3, -0.1, 0.03]);
    expect(elbow).toBeCloseTo(-0.03, 6);
    expect(hand).toBeCloseTo(0.048, 6);
  });
  it('far before the trunk', () => {
    expect(drawn([0.2, 0.3, 0.25], [0.15, 0.35, 0.5]).hand).toBeCloseTo(0.575, 6);
  });
  it('behind the back', () => {
    expect(drawn([0.22, 0.15, -0.12], [0.02, 0.05, -0.14]).hand).toBeCloseTo(-0.146, 6);
  });
  it('hanging on the far side of a turned body, guessed 8 cm too near', () => {
    expect(drawn([0.13, 0.15, -0.06], [0.13, -0.1, -0.05], { turnDegrees: 45 }).hand).toBeLessThan(-0.03);
  });
});

it('moves an arm without a jump as it crosses the trunk', () => {
  let last = NaN;
  for (let x = 0.4; x > 0; x -= 0.002) {
    const { hand } = drawn([0.3, 0.12, 0], [x, 0.19, 0]);
    if (!Number.isNaN(last)) expect(Math.abs(hand - last)).toBeLessThan(0.01);
    last = hand;
  }
  expect(last).toBeGreaterThan(0.18);
});

it('moves forearms and hands only, and no bone nearer than half its distance', () => {
  const { nearness, body } = drawn([0.25, 0.12, 0.02], [0.02, 0.19, 0.05]);
  const moved = boneNames.filter((_, bone) => nearness[bone] !== 1);
  for (const name of moved) expect(['leftLowerArm', 'leftLowerArmTwist', 'leftHand']).toContain(name);
  expect(moved).toContain('leftHand');
  for (let i = 2; i < body.positions.length; i += 3) body.positions[i] += CHEST_DEPTH - 0.15;
  bringArmsForward(body, nearness);
  for (const value of nearness) expect(value).toBeGreaterThanOrEqual(0.5);
});
