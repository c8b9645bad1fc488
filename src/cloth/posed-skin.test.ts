import { expect, it } from 'vitest';
import { makeTube, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { skinVertices } from '../mannequin/skin-vertices.ts';
import { createRandom } from '../math/create-random.ts';
import { PosedSkin } from './posed-skin.ts';

/** A tube whose vertices follow two bones each, and a random pose (seed 8). */
function makeScene() {
  const random = createRandom(8);
  const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
  const { skinIndices, skinWeights } = mannequin;
  for (let v = 0; v < skinIndices.length; v += 4) {
    skinIndices[v + 1] = boneIndex.hips;
    skinWeights[v] = random();
    skinWeights[v + 1] = 1 - skinWeights[v];
  }
  const shape = createMannequinShape(mannequin);
  shapeMannequin(mannequin, new Float32Array(mannequin.presets.none.length), shape);
  const rotations = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) {
    const q = [random(), random(), random(), 1].map((value) => value - 0.5);
    rotations.set(
      q.map((value) => value / Math.hypot(...q)),
      4 * b,
    );
  }
  const positions = Float32Array.from({ length: 3 * BONE_COUNT }, () => random());
  return { mannequin, shape, pose: { positions, rotations } };
}

/** Largest difference of the values from those that `expected` returns for each index. */
function difference(values: Float32Array, expected: (index: number) => number): number {
  return values.reduce((largest, value, k) => Math.max(largest, Math.abs(value - expected(k))), 0);
}

it('poses the skin where skinVertices poses it (seed 8), and changes neither shape nor pose', () => {
  const { mannequin, shape, pose } = makeScene();
  const before = structuredClone({ shape: { ...shape }, pose });
  const skin = new PosedSkin(mannequin);
  skin.pose(shape, pose);
  expect({ shape: { ...shape }, pose }).toEqual(before);
  const expected = skinVertices(
    { ...mannequin, positions: shape.positions },
    shape.joints,
    pose,
    new Float32Array(skin.positions.length),
  );
  expect(difference(expected, (k) => skin.positions[k])).toBeLessThan(1e-5);
  // A point 1 cm along a normal in the rest pose lies 1 cm along the posed normal.
  const moved = { ...mannequin, positions: shape.positions.map((value, k) => value + 0.01 * shape.normals[k]) };
  const outside = skinVertices(moved, shape.joints, pose, new Float32Array(skin.positions.length));
  expect(difference(outside, (k) => skin.positions[k] + 0.01 * skin.normals[k])).toBeLessThan(1e-5);
});
