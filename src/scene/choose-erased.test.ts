import { expect, it } from 'vitest';
import type { Garment, GarmentKind, WornGarment } from '../garment/garment.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { chooseErased, coverOf } from './choose-erased.ts';

/** A worn garment whose vertices move with `bones`, one vertex each. */
function wear(kind: GarmentKind, bones: readonly BoneName[]): WornGarment {
  const skinIndices = Uint16Array.from(bones.flatMap((bone) => [boneIndex[bone], 0, 0, 0]));
  const skinWeights = Float32Array.from(bones.flatMap(() => [1, 0, 0, 0]));
  const garment = { manifest: { kind }, parts: [{ skinIndices, skinWeights }] } as unknown as Garment;
  return { garment } as WornGarment;
}

const choose = (...worn: WornGarment[]) =>
  chooseErased(worn, coverOf, { upper: true, lower: true, trunk: true, arms: false, legs: false });

const shirt: readonly BoneName[] = ['chest', 'upperChest', 'spine', 'leftUpperArm', 'rightUpperArm', 'hips'];
const legs: readonly BoneName[] = ['hips', 'leftUpperLeg', 'rightUpperLeg', 'leftUpperLegTwist', 'rightUpperLegTwist'];

it('erases the clothes that the worn garment replaces, and no others', () => {
  expect(choose()).toMatchObject({ upper: false, lower: false, trunk: false });
  expect(choose(wear('top', shirt))).toMatchObject({ upper: true, lower: false, trunk: true });
  expect(choose(wear('bottom', legs))).toMatchObject({ upper: false, lower: true, trunk: false });
  expect(choose(wear('dress', [...shirt, ...legs]))).toMatchObject({
    upper: true,
    lower: true,
    trunk: true,
    arms: false,
    legs: false,
  });
});

it('keeps the trousers under a long coat, and the shirt in its front', () => {
  expect(choose(wear('outer', [...shirt, ...legs]))).toMatchObject({ upper: true, lower: false, trunk: false });
});

it('judges an outfit by what it covers', () => {
  expect(choose(wear('outfit', [...shirt, ...legs]))).toMatchObject({
    upper: true,
    lower: true,
    trunk: true,
    arms: false,
    legs: false,
  });
  expect(choose(wear('outfit', shirt))).toMatchObject({ upper: true, lower: false, trunk: true });
});

it('adds up what several garments replace', () => {
  expect(choose(wear('bottom', legs), wear('top', shirt))).toMatchObject({
    upper: true,
    lower: true,
    trunk: true,
    arms: false,
    legs: false,
  });
});

it('finds that long sleeves and trousers cover limbs to their ends, and that short ones do not', () => {
  expect(choose(wear('top', [...shirt, 'leftLowerArm', 'rightLowerArm']))).toMatchObject({ arms: true, legs: false });
  expect(choose(wear('bottom', [...legs, 'leftLowerLeg', 'rightLowerLeg']))).toMatchObject({ arms: false, legs: true });
  expect(choose(wear('top', shirt), wear('bottom', legs))).toMatchObject({ arms: false, legs: false });
});
