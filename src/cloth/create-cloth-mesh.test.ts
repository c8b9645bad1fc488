import { expect, it } from 'vitest';
import {
  bindTubeGarment,
  makeTube,
  makeTubeGarment,
  makeTubeMannequin,
  type Tube,
} from '../garment/make-tube.test-helper.ts';
import { type ClothMesh, createClothMesh } from './create-cloth-mesh.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));

async function makeMesh(tubes: Tube[]) {
  const garment = await bindTubeGarment(makeTubeGarment(tubes), mannequin);
  return { garment, mesh: createClothMesh(garment) };
}

/** Sum of the shares of each welded vertex. */
function sumsOf({ shares }: ClothMesh): number[] {
  return Array.from({ length: shares.length / 3 }, (_, w) => shares[3 * w] + shares[3 * w + 1] + shares[3 * w + 2]);
}

it('moves each vertex by particles next to it, with shares that sum to 1; a particle moves itself', async () => {
  const { garment, mesh } = await makeMesh([makeTube(0.17, 1, 1.2, true)]);
  for (const sum of sumsOf(mesh)) expect(sum).toBeCloseTo(1, 5);
  expect(mesh.shares.every((share) => share >= -1e-6)).toBe(true);
  mesh.vertices.forEach((w, i) => {
    const k = [0, 1, 2].find((corner) => mesh.movers[3 * w + corner] === i);
    expect(mesh.shares[3 * w + k!]).toBeCloseTo(1, 5);
  });
  // The mean place of a vertex's particles is within the sagitta of an edge of 45 mm on a radius of 170 mm, and 1 mm.
  const { positions } = garment.parts[0];
  garment.binding.vertices.forEach((v, w) => {
    const mean = [0, 1, 2].map((axis) =>
      [0, 1, 2].reduce((sum, corner) => {
        const { vertex } = mesh.sources[mesh.movers[3 * w + corner]];
        return sum + mesh.shares[3 * w + corner] * positions[3 * vertex + axis];
      }, 0),
    );
    expect(Math.hypot(...mean.map((value, axis) => value - positions[3 * v + axis]))).toBeLessThan(0.0025);
  });
});

it('has at most 3,000 particles for 11,520 triangles and 11 m², and no warning', async () => {
  const tubes = [0.45, 0.5, 0.55].map((radius) => makeTube(radius, 0.2, 1.4));
  const { mesh } = await makeMesh(tubes);
  expect(mesh.vertices.length).toBeLessThanOrEqual(3000);
  expect(mesh.vertices.length).toBeGreaterThan(1000);
  expect(mesh.warnings).toEqual([]);
});

it('a button has no particles, and rides on the cloth beneath it; one far from all cloth is only skinned', async () => {
  const small = (radius: number): Tube => {
    const tube = makeTube(radius, 1.09, 1.12);
    return { ...tube, indices: tube.indices.filter((v) => v % 48 < 4) };
  };
  const { garment, mesh } = await makeMesh([makeTube(0.17, 1, 1.2), small(0.175), small(0.25)]);
  const partOf = (w: number): number => garment.binding.firsts.findLastIndex((v) => v <= garment.binding.vertices[w]);
  expect(mesh.sources.every(({ part }) => part === 0)).toBe(true);
  const sums = sumsOf(mesh);
  const used = [new Set<number>(), new Set<number>(), new Set<number>()];
  sums.forEach((sum, w) => used[partOf(w)].add(Math.round(sum)));
  expect(used.map((found) => [...found])).toEqual([[1], [1], [0]]);
});
