import { Triangle, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { createRandom } from '../math/create-random.ts';
import { createSurfaceGrid, findNearestPoint } from './surface-grid.ts';

const tube = makeTube((angle, y) => 0.15 + 0.03 * Math.sin(3 * angle) + 0.02 * Math.sin(20 * y), 0, 0.8);
const grid = createSurfaceGrid(tube.positions, tube.indices);
const corners = Array.from(tube.indices, (i) => new Vector3().fromArray(tube.positions, 3 * i));

/** Distance from the nearest of all triangles. */
function nearestOfAll(point: Vector3): number {
  const triangle = new Triangle();
  const closest = new Vector3();
  let best = Infinity;
  for (let t = 0; t < corners.length; t += 3) {
    triangle.set(corners[t], corners[t + 1], corners[t + 2]).closestPointToPoint(point, closest);
    best = Math.min(best, closest.distanceTo(point));
  }
  return best;
}

for (const seed of [1, 2]) {
  it(`finds the same nearest point as a search of all triangles (seed ${seed})`, () => {
    const random = createRandom(seed);
    const found = { triangle: -1, u: 0, v: 0, distance: 0 };
    for (let k = 0; k < 60; k++) {
      const point = new Vector3(random() - 0.5, random() * 1.2 - 0.2, random() - 0.5);
      findNearestPoint(grid, point.x, point.y, point.z, 1, found);
      expect(found.distance).toBeCloseTo(nearestOfAll(point), 6);
      const nearest = new Vector3()
        .addScaledVector(corners[3 * found.triangle], found.u)
        .addScaledVector(corners[3 * found.triangle + 1], found.v)
        .addScaledVector(corners[3 * found.triangle + 2], 1 - found.u - found.v);
      expect(nearest.distanceTo(point)).toBeCloseTo(found.distance, 6);
    }
  });
}

it('finds no triangle beyond the reach', () => {
  expect(findNearestPoint(grid, 1, 0.4, 0, 0.5, { triangle: 3, u: 0, v: 0, distance: 0 }).triangle).toBe(-1);
});
