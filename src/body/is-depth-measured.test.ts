import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { isDepthMeasured } from './is-depth-measured.ts';

/** A person two metres away, each of whose landmarks is off in depth by up to `metres` in the metres, not in the picture. */
function seePerson(seed: number, metres: number): { world: Float64Array; rays: Float64Array } {
  const random = createRandom(seed);
  const world = Float64Array.from({ length: 99 }, (_, i) => (random() - 0.5) * [0.5, 1.4, 0.4][i % 3]);
  const rays = Float64Array.from(
    { length: 66 },
    (_, i) => world[3 * (i >> 1) + (i % 2)] / (2 - world[3 * (i >> 1) + 2]),
  );
  for (let i = 2; i < 99; i += 3) world[i] += 2 * (random() - 0.5) * metres;
  return { world, rays };
}

for (const seed of [1, 2, 3]) {
  it(`believes landmarks that agree with the picture, also when a millimetre off, and none that are 20 cm off in depth (seed ${seed})`, () => {
    const exact = seePerson(seed, 0.001);
    expect(isDepthMeasured(exact.world, exact.rays)).toBe(true);
    const guessed = seePerson(seed, 0.2);
    expect(isDepthMeasured(guessed.world, guessed.rays)).toBe(false);
  });
}

it('believes nobody whose landmarks fall together', () => {
  expect(isDepthMeasured(new Float64Array(99), new Float64Array(66))).toBe(false);
});
