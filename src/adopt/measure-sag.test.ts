import { expect, it } from 'vitest';
import { measureSag } from './measure-sag.ts';

/** A strip of three vertices, 1 cm and `metres` apart. */
function sagsOf(metres: number): Float32Array {
  const positions = new Float32Array([0, 0, 0, 0.01, 0, 0, 0.01 + metres, 0, 0]);
  const starts = new Uint32Array([0, 1, 3, 4]);
  const neighbours = new Uint32Array([1, 0, 2, 1]);
  return measureSag(positions, new Uint32Array([0, 1, 2]), {
    welded: new Uint32Array([0, 1, 2]),
    count: 3,
    starts,
    neighbours,
  });
}

it('is that of the longest edge around a forearm', () => {
  const [first, ...others] = sagsOf(0.04);
  // The distance from the middle of a chord of 1 cm or 4 cm to the circle of radius 4.5 cm.
  expect(first).toBeCloseTo(0.045 - Math.sqrt(0.045 ** 2 - 0.005 ** 2), 5);
  for (const sag of others) expect(sag).toBeCloseTo(0.045 - Math.sqrt(0.045 ** 2 - 0.02 ** 2), 3);
});

it('is at most 8 mm', () => {
  expect(sagsOf(0.3)[2]).toBeCloseTo(0.008, 6);
});
