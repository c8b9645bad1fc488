import { expect, it } from 'vitest';
import { LANDMARK_COUNT } from '../math/landmark-layout.ts';
import { hiddenLegs } from './hidden-legs.ts';
import { landmarkIndex as at } from './landmark-index.ts';

it.each([
  [0.9, 0.9, 0],
  [0.2, 0.9, 0],
  [0.2, 0.5, 0.5],
  [0.2, 0.1, 1],
])('takes legs whose knees have visibilities of %f and %f for hidden by %f', (left, right, hidden) => {
  const visibility = new Float64Array(LANDMARK_COUNT).fill(1);
  visibility[at.leftKnee] = left;
  visibility[at.rightKnee] = right;
  expect(hiddenLegs(visibility)).toBeCloseTo(hidden, 9);
});
