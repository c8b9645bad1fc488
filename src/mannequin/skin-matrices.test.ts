import { expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import { BONE_COUNT, MORPH_COUNT } from './mannequin.ts';
import { createMannequinPose } from './pose-mannequin.ts';
import { createMannequinShape, shapeMannequin } from './shape-mannequin.ts';
import { createSkinMatrices, SKIN_MATRIX_VALUES, writeSkinMatrices } from './skin-matrices.ts';
import { skinVertices } from './skin-vertices.ts';

it('carries points as linear blend skinning does, with the bones turned and moved at random (seed 1)', async () => {
  const random = createRandom(1);
  const mannequin = await committedMannequin();
  const pose = createMannequinPose();
  const rest = shapeMannequin(mannequin, new Float32Array(MORPH_COUNT).fill(0.3), createMannequinShape(mannequin));
  for (let i = 0; i < 3 * BONE_COUNT; i++) pose.positions[i] = random() - 0.5;
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    const turn = Array.from({ length: 4 }, () => random() - 0.5);
    const length = Math.hypot(...turn);
    pose.rotations.set(
      turn.map((value) => value / length),
      4 * bone,
    );
  }
  const matrices = createSkinMatrices();
  writeSkinMatrices(pose, rest, matrices);
  // One point a bone.
  const positions = Float32Array.from({ length: 3 * BONE_COUNT }, () => 2 * random());
  const skinIndices = Array.from({ length: 4 * BONE_COUNT }, (_, i) => (i % 4 === 0 ? i / 4 : 0));
  const skinWeights = skinIndices.map((_, i) => (i % 4 === 0 ? 1 : 0));
  const skinned = skinVertices(
    { positions, skinIndices, skinWeights },
    rest.joints,
    pose,
    new Float32Array(positions.length),
  );
  for (let bone = 0; bone < BONE_COUNT; bone++) {
    for (let row = 0; row < 3; row++) {
      const first = SKIN_MATRIX_VALUES * bone + 4 * row;
      let carried = matrices[first + 3];
      for (let axis = 0; axis < 3; axis++) carried += matrices[first + axis] * positions[3 * bone + axis];
      expect(carried).toBeCloseTo(skinned[3 * bone + row], 5);
    }
  }
});
