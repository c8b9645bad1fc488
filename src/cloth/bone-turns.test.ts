import { expect, it } from 'vitest';
import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { createMannequinPose } from '../mannequin/pose-mannequin.ts';
import { createSkinMatrices, SKIN_MATRIX_VALUES, writeSkinMatrices } from '../mannequin/skin-matrices.ts';
import { BoneTurns, findMainBones, TURN_VALUES } from './bone-turns.ts';

/** Matrices of bones that are all turned about the vertical, radians. */
function turnedBy(angle: number): Float64Array {
  const pose = createMannequinPose();
  for (let b = 0; b < BONE_COUNT; b++) pose.rotations.set([0, Math.sin(angle / 2), 0, Math.cos(angle / 2)], 4 * b);
  const matrices = createSkinMatrices();
  writeSkinMatrices(pose, { joints: new Float32Array(3 * BONE_COUNT) }, matrices);
  return matrices;
}

it('the turn from one frame to the next is that between their matrices', () => {
  const turns = new BoneTurns();
  turns.keep(turnedBy(0.5));
  turns.measure(turnedBy(0.8));
  const expected = turnedBy(0.3);
  for (let bone = 0; bone < BONE_COUNT; bone++)
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 3; column++)
        expect(turns.turns[TURN_VALUES * bone + 3 * row + column]).toBeCloseTo(
          expected[SKIN_MATRIX_VALUES * bone + 4 * row + column],
          6,
        );
});

it('a particle belongs to the bone with the largest share', () => {
  const skinIndices = [1, 2, 3, 4, 5, 6, 7, 8];
  const skinWeights = [0.2, 0.5, 0.3, 0, 1, 0, 0, 0];
  expect([...findMainBones([1, 0], skinIndices, skinWeights)]).toEqual([5, 2]);
});
