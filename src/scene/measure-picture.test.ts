import { expect, it } from 'vitest';
import { measureBrightest } from './measure-picture.ts';

const [WIDTH, HEIGHT] = [40, 60];

/** A grey person of the sRGB value 90 before a white wall, with a spot of the value 220, `side` px wide. */
function film(side: number) {
  const data = new Uint8ClampedArray(4 * WIDTH * HEIGHT).fill(255);
  const person = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 5; y < HEIGHT - 5; y++)
    for (let x = 10; x < WIDTH - 10; x++) {
      const isSpot = x >= 15 && x < 15 + side && y >= 30 && y < 30 + side;
      // The outermost pixels mix with the wall.
      const isEdge = x === 10 || x === WIDTH - 11;
      data.fill(isEdge ? 180 : isSpot ? 220 : 90, 4 * (y * WIDTH + x), 4 * (y * WIDTH + x) + 3);
      person[y * WIDTH + x] = 255;
    }
  return { picture: { data, width: WIDTH, height: HEIGHT }, person };
}
const luminanceOfGrey = (srgb: number): number => ((srgb / 255 + 0.055) / 1.055) ** 2.4;

it('finds white shoes on a dark person, and neither a glint nor the wall behind', () => {
  const [shoes, glint] = [film(6), film(1)].map(({ picture, person }) => Math.exp(measureBrightest(picture, person)));
  expect(shoes).toBeCloseTo(luminanceOfGrey(220), 2);
  expect(glint).toBeCloseTo(luminanceOfGrey(90), 2);
});

it('finds nothing where hardly anything of a person is seen', () => {
  expect(measureBrightest(film(6).picture, new Uint8Array(WIDTH * HEIGHT))).toBe(-Infinity);
});
