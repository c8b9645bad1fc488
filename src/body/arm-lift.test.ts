import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { armLift } from './arm-lift.ts';
import { createPosedBody } from './create-posed-body.ts';

/** The lift of an arm whose elbow is at (x, y, z) from its shoulder, of a trunk that leans by `radians` to the side. */
function liftOf([x, y, z]: readonly number[], radians = 0): number {
  const body = createPosedBody();
  const lean = ([a, b, c]: readonly number[]): number[] => [
    a * Math.cos(radians) - b * Math.sin(radians),
    a * Math.sin(radians) + b * Math.cos(radians),
    c,
  ];
  body.positions.set([0, 0, -2], 3 * boneIndex.hips);
  body.positions.set(
    lean([0, 0.4, 0]).map((value, axis) => value + [0, 0, -2][axis]),
    3 * boneIndex.upperChest,
  );
  body.positions.set([0.2, 0.4, -2], 3 * boneIndex.leftUpperArm);
  body.positions.set(
    lean([x, y, z]).map((value, axis) => value + [0.2, 0.4, -2][axis]),
    3 * boneIndex.leftLowerArm,
  );
  return armLift(body, boneIndex.leftUpperArm, boneIndex.leftLowerArm);
}

it('is −1 for a hanging arm, 0 for a level one and 1 for one overhead, whatever its length', () => {
  expect(liftOf([0, -0.3, 0])).toBeCloseTo(-1, 6);
  expect(liftOf([0.25, 0, 0])).toBeCloseTo(0, 6);
  expect(liftOf([0, 0, 0.25])).toBeCloseTo(0, 6);
  expect(liftOf([0, 0.2, 0])).toBeCloseTo(1, 6);
});

it('goes with the trunk: a bow to the side raises no arm', () => {
  expect(liftOf([0.1, -0.28, 0], 0.6)).toBeCloseTo(liftOf([0.1, -0.28, 0]), 6);
});
