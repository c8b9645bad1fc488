import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { findNeighbours } from './find-neighbours.ts';
import { makeTube } from './make-tube.test-helper.ts';
import { createClearance, measureClearance } from './measure-clearance.ts';

const RADIUS = 0.15;
const tube = makeTube(RADIUS, 0, 0.8);
const neighbours = findNeighbours(tube.indices, tube.positions.length / 3);

for (const seed of [1, 2]) {
  it(`measures the distance from a tube, inside and outside, from any start vertex (seed ${seed})`, () => {
    const random = createRandom(seed);
    const clearance = createClearance();
    for (let k = 0; k < 200; k++) {
      const distance = -0.04 + 0.08 * random();
      const angle = 2 * Math.PI * random();
      const x = (RADIUS + distance) * Math.sin(angle);
      const z = (RADIUS + distance) * Math.cos(angle);
      measureClearance(
        tube,
        neighbours,
        Math.floor((random() * tube.positions.length) / 3),
        x,
        0.1 + 0.6 * random(),
        z,
        clearance,
      );
      // Edges are 20 mm. The mean of tangent planes is too low, by the curve between them, and hardly ever too high.
      expect(clearance.distance - distance).toBeGreaterThan(-0.0016);
      expect(clearance.distance - distance).toBeLessThan(0.0004);
      expect(clearance.x * Math.sin(angle) + clearance.z * Math.cos(angle)).toBeGreaterThan(0.995);
    }
  });
}

it('ends when the skin or the point is NaN', () => {
  const clearance = createClearance();
  const broken = { ...tube, positions: new Float32Array(tube.positions.length).fill(NaN) };
  expect(measureClearance(broken, neighbours, 0, 0.1, 0.4, 0, clearance).distance).toBeNaN();
  expect(measureClearance(tube, neighbours, 0, NaN, 0.4, 0, clearance).distance).toBeNaN();
});
