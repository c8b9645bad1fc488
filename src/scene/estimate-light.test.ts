import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { createLightEstimate, estimateLight, type LightEstimate } from './estimate-light.ts';
import { shade } from './find-key-light.ts';
import { createLightSamples } from './light-samples.ts';

const SIZE = 32;
const SKIN: [number, number, number] = [0.58, 0.37, 0.27];

/** Estimates the light of a pale room with a person in it; `truth`: the light there. */
function estimate(truth: Pick<LightEstimate, 'light' | 'shape'>, seed: number): LightEstimate {
  const srgb = (v: number): number => 255 * (1.055 * Math.min(1, v) ** (1 / 2.4) - 0.055);
  const random = createRandom(seed);
  const data = new Uint8ClampedArray(4 * SIZE * SIZE);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const albedo = random() < 0.6 ? 0.65 : 0.1 + 0.3 * random();
    data.set([...truth.light.map((v) => srgb(albedo * v)), 255], 4 * i);
  }
  const samples = createLightSamples();
  for (; samples.count < 240; samples.count++) {
    const z = 0.3 + 0.7 * random();
    const angle = 2 * Math.PI * random();
    const [x, y] = [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle)];
    samples.normals.set([x, y, z], 3 * samples.count);
    const group = samples.count % 2;
    const albedo = group === 0 ? SKIN.map((v) => 1.2 * v) : [0.1, 0.15, 0.3];
    const value = shade(truth.shape, x, y, z);
    // Eyes and lips are darker than skin.
    const spot = group === 0 && random() < 0.15 ? 0.4 : 1;
    samples.colours.set(
      albedo.map((a, k) => spot * a * value * truth.light[k]),
      3 * samples.count,
    );
    samples.groups[samples.count] = group;
  }
  return estimateLight(
    { data, width: SIZE, height: SIZE },
    { samples, coverage: null, grain: 0.01 },
    createLightEstimate(),
  );
}

it('finds side, level and colour of the light, seed 1', () => {
  const truth = {
    light: [1, 0.85, 0.65] as [number, number, number],
    shape: { ambient: 0.5, key: [0.6, 0.4, 0.5] as [number, number, number] },
  };
  const { light, shape } = estimate(truth, 1);
  expect(shape.key[0]).toBeGreaterThan(0.3);
  for (let k = 0; k < 3; k++) expect(Math.abs(Math.log(light[k] / truth.light[k]))).toBeLessThan(0.3);
});

it('gives a light where no skin is seen', () => {
  const data = new Uint8ClampedArray(4 * SIZE * SIZE).fill(140);
  const small = { data, width: SIZE, height: SIZE };
  const { light } = estimateLight(
    small,
    { samples: createLightSamples(), coverage: null, grain: 0.01 },
    createLightEstimate(),
  );
  for (const value of light) expect(value).toBeGreaterThan(0.3);
});
