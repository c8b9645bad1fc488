import { Vector3 } from 'three';
import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { solveTranslation } from './solve-translation.ts';

function makeCase(seed: number, outlier: boolean) {
  const random = createRandom(seed);
  const truth = new Vector3(random() - 0.5, random() - 0.5, -1.5 - random() * 2);
  const count = 8;
  const points = Float64Array.from({ length: 3 * count }, () => random() - 0.5);
  const rays = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const depth = -(points[3 * i + 2] + truth.z);
    rays[2 * i] = (points[3 * i] + truth.x) / depth;
    rays[2 * i + 1] = (points[3 * i + 1] + truth.y) / depth;
  }
  if (outlier) rays[0] += 0.3;
  return { truth, points, rays, weights: new Float64Array(count).fill(1) };
}

for (const seed of [1, 2, 3]) {
  it(`finds the translation of exact points (seed ${seed})`, () => {
    const { truth, points, rays, weights } = makeCase(seed, false);
    const found = new Vector3();
    expect(solveTranslation(points, rays, weights, found)).toBe(true);
    expect(found.distanceTo(truth)).toBeLessThan(1e-9);
  });

  it(`is moved little by one outlier (seed ${seed})`, () => {
    const { truth, points, rays, weights } = makeCase(seed, true);
    const copies = [points.slice(), rays.slice(), weights.slice()];
    const found = new Vector3();
    solveTranslation(points, rays, weights, found);
    expect(found.distanceTo(truth)).toBeLessThan(0.12);
    expect([points, rays, weights]).toEqual(copies);
  });
}

it('returns false for weights of 0, for a single point, and for a body behind the camera', () => {
  const { points, rays } = makeCase(4, false);
  const target = new Vector3(7, 7, 7);
  expect(solveTranslation(points, rays, new Float64Array(8), target)).toBe(false);
  expect(solveTranslation(points, rays, Float64Array.of(1, 0, 0, 0, 0, 0, 0, 0), target)).toBe(false);
  expect(
    solveTranslation(
      points,
      rays.map((r) => -r),
      new Float64Array(8).fill(1),
      target,
    ),
  ).toBe(false);
  expect(target.toArray()).toEqual([7, 7, 7]);
});
