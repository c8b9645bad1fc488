import { expect, it } from 'vitest';
import type { PersonMask } from '../tracking/tracker.ts';
import { measureSilhouette } from './measure-silhouette.ts';

/** A disc with a soft edge one pixel wide. */
function disc(size: number, x: number, y: number, radius: number): PersonMask {
  const data = new Uint8ClampedArray(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      data[row * size + column] = 255 * (0.5 + radius - Math.hypot(column + 0.5 - x, row + 0.5 - y));
    }
  }
  return { width: size, height: size, data };
}

for (const degrees of [0, 30, 77, 180, 260]) {
  it(`finds the outline of a disc in direction ${degrees}° to a tenth of a pixel`, () => {
    const angle = (degrees * Math.PI) / 180;
    const distance = measureSilhouette(disc(64, 31, 33, 17.3), 31, 33, Math.cos(angle), Math.sin(angle), 40);
    expect(Math.abs(distance - 17.3)).toBeLessThan(0.1);
  });
}

it('returns NaN outside the person, beyond the limit, and where the picture ends', () => {
  const mask = disc(64, 32, 32, 20);
  expect(measureSilhouette(mask, 2, 2, 1, 0, 50)).toBeNaN();
  expect(measureSilhouette(mask, 32, 32, 1, 0, 10)).toBeNaN();
  expect(measureSilhouette(disc(64, 55, 32, 20), 55, 32, 1, 0, 50)).toBeNaN();
  expect(measureSilhouette(mask, -4, 32, 1, 0, 50)).toBeNaN();
});
