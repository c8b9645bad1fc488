import { expect, it } from 'vitest';
import { findNeighbours } from '../garment/find-neighbours.ts';
import { makeTube, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
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

it('measures 1,500 points as measureClearance does, and leaves those that begin at no vertex (seed 8)', () => {
  const { mannequin, shape, pose } = makeScene();
  const skin = new PosedSkin(mannequin);
  // Nearly one pose for all vertices: the skin stays a smooth tube, on which each walk ends at the nearest vertex.
  pose.rotations.fill(0);
  for (let b = 0; b < BONE_COUNT; b++) pose.rotations[4 * b + 3] = 1;
  pose.positions.set(shape.joints);
  skin.pose(shape, pose);
  const random = createRandom(8);
  const neighbours = findNeighbours(mannequin.indices, shape.positions.length / 3);
  const origin = Float64Array.from([0.3, 1, -0.2]);
  const starts = Int32Array.from({ length: 1500 }, (_, i) => (i % 7 === 6 ? -1 : i % (shape.positions.length / 3)));
  const points = Float32Array.from({ length: 4 * 1500 }, (_, k) => {
    const vertex = Math.max(0, starts[k >> 2]);
    return k % 4 === 3 ? 1 : shape.positions[3 * vertex + (k % 4)] - origin[k % 4] + 0.1 * (random() - 0.5);
  });
  points[0] = NaN;
  const nearest = starts.slice();
  const clearances = new Float32Array(4 * 1500);
  skin.measure(points, origin, nearest, clearances);
  const clearance = createClearance();
  let walked = 0;
  starts.forEach((start, i) => {
    const [x, y, z] = [0, 1, 2].map((axis) => points[4 * i + axis] + origin[axis]);
    const found = [...clearances.subarray(4 * i, 4 * i + 4)];
    if (start < 0) return void expect(nearest[i]).toBe(-1);
    measureClearance(skin, neighbours, start, x, y, z, clearance);
    if (i === 0) return void expect(nearest[0]).toBe(start);
    expect(nearest[i]).toBe(clearance.vertex);
    walked += Number(nearest[i] !== start);
    [clearance.x, clearance.y, clearance.z, clearance.distance].forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 4);
    });
  });
  expect(walked).toBeGreaterThan(500);
});

it('finds the nearest thigh sample of 1,500 points within reach, and leaves those that are not looked for (seed 8)', () => {
  const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
  for (let v = 0; v < mannequin.skinIndices.length; v += 4) mannequin.skinIndices[v] = boneIndex.leftUpperLeg;
  const shape = createMannequinShape(mannequin);
  shapeMannequin(mannequin, new Float32Array(mannequin.presets.none.length), shape);
  const rotations = Float32Array.from({ length: 4 * BONE_COUNT }, (_, k) => Number(k % 4 === 3));
  const skin = new PosedSkin(mannequin);
  skin.pose(shape, { positions: shape.joints, rotations });
  expect(skin.thighs.length).toBeGreaterThan(30);
  const random = createRandom(8);
  const origin = Float64Array.from([0.3, 1, -0.2]);
  const points = Float32Array.from({ length: 4 * 1500 }, (_, k) =>
    k % 4 === 3 ? 1 : (random() - 0.5) * (k % 4 === 1 ? 1.2 : 0.6) + (k % 4 === 1 ? 1.15 : 0) - origin[k % 4],
  );
  const nearest = Int32Array.from({ length: 1500 }, (_, i) => (i % 7 === 0 ? -1 : 0));
  skin.findThighs(points, origin, nearest, 0.1);
  const distance = (i: number, v: number): number =>
    Math.hypot(...[0, 1, 2].map((axis) => points[4 * i + axis] + origin[axis] - skin.positions[3 * v + axis]));
  let found = 0;
  nearest.forEach((vertex, i) => {
    const least = Math.min(...Array.from(skin.thighs, (v) => distance(i, v)));
    if (vertex < 0) expect(i % 7 === 0 || least > 0.1 - 1e-6).toBe(true);
    else {
      found++;
      expect(i % 7).not.toBe(0);
      expect(distance(i, vertex)).toBeCloseTo(least, 5);
    }
  });
  expect(found).toBeGreaterThan(200);
});
