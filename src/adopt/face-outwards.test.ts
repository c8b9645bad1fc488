import { expect, it } from 'vitest';
import { makeTube } from '../garment/make-tube.test-helper.ts';
import { faceOutwards } from './face-outwards.ts';

it('gives unit normals that point away from the axis of a tube, whichever way its triangles are wound', () => {
  const { positions, indices } = makeTube(0.2, 0.9, 1.4);
  const outwards = faceOutwards(positions, Uint32Array.from(indices));
  for (let i = 0; i < positions.length; i += 3) {
    expect(Math.hypot(outwards[i], outwards[i + 1], outwards[i + 2])).toBeCloseTo(1, 5);
    expect(outwards[i] * positions[i] + outwards[i + 2] * positions[i + 2]).toBeGreaterThan(0);
  }
  // The sums are rounded in another order.
  const reversed = faceOutwards(positions, Uint32Array.from(indices).reverse());
  outwards.forEach((value, i) => void expect(reversed[i]).toBeCloseTo(value, 5));
});
