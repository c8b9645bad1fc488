import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { findKeyLight, type LightShape, shade } from './find-key-light.ts';
import { createLightSamples, type LightSamples } from './light-samples.ts';

/** Surfaces that face the camera, of three materials, under `light`. `change` may change each brightness. */
function sample(
  light: LightShape,
  seed: number,
  change = (value: number, _random: () => number) => value,
): LightSamples {
  const random = createRandom(seed);
  const samples = createLightSamples();
  for (; samples.count < 300; samples.count++) {
    const z = 0.3 + 0.7 * random();
    const angle = 2 * Math.PI * random();
    const [x, y] = [Math.sqrt(1 - z * z) * Math.cos(angle), Math.sqrt(1 - z * z) * Math.sin(angle)];
    const group = samples.count % 3;
    samples.normals.set([x, y, z], 3 * samples.count);
    const value = change([0.4, 0.1, 0.7][group] * shade(light, x, y, z), random);
    samples.colours.set([value, value, value], 3 * samples.count);
    samples.groups[samples.count] = group;
  }
  return samples;
}

function find(samples: LightSamples): LightShape & { angleTo(direction: number[]): number } {
  const light = findKeyLight(samples, { ambient: 0, key: [0, 0, 0] });
  const length = Math.hypot(...light.key);
  return {
    ...light,
    angleTo: (to) =>
      (Math.acos(light.key.reduce((sum, v, k) => sum + v * to[k], 0) / length / Math.hypot(...to)) * 180) / Math.PI,
  };
}

const directions = { right: [0.8, 0.4, 0.45], left: [-0.8, 0.4, 0.45], above: [0.1, 0.95, 0.3], lens: [0, 0.1, 1] };

it.each(Object.entries(directions))('finds a key light from %s by the shading of three materials, seed 1', (_, to) => {
  const key = to.map((v) => (1.2 * v) / Math.hypot(...to)) as [number, number, number];
  const noisy = (value: number, random: () => number): number => value * (0.9 + 0.2 * random());
  expect(find(sample({ ambient: 0.5, key }, 1, noisy)).angleTo(to)).toBeLessThan(22);
});

it('tells hard light from soft light, seed 2', () => {
  const hard = find(sample({ ambient: 0.25, key: [0.8, 0.5, 0.5] }, 2));
  const soft = find(sample({ ambient: 0.9, key: [0.12, 0.08, 0.08] }, 2));
  expect(Math.hypot(...hard.key) / hard.ambient).toBeGreaterThan(2);
  expect(Math.hypot(...soft.key) / soft.ambient).toBeLessThan(0.6);
});

it('is not misled by cast shadows and prints on a quarter of the surface, seed 3', () => {
  const to = [0.8, 0.4, 0.45];
  const spotted = (value: number, random: () => number): number => (random() < 0.25 ? 0.3 * value : value);
  expect(find(sample({ ambient: 0.5, key: [0.8, 0.4, 0.45] }, 3, spotted)).angleTo(to)).toBeLessThan(25);
});

it('is ordinary light from above where nothing is seen', () => {
  const { key, ambient } = find(createLightSamples());
  expect(key[1]).toBeGreaterThan(0.05);
  expect(Math.abs(key[0])).toBeLessThan(0.02);
  expect(ambient).toBeGreaterThan(0.3);
});

it('moves little when the picture changes little, seed 4', () => {
  const light: LightShape = { ambient: 0.5, key: [0.6, 0.5, 0.4] };
  const grain = (value: number, random: () => number): number => value * (0.97 + 0.06 * random());
  const [a, b] = [find(sample(light, 4, grain)), find(sample(light, 4, (value, random) => value + 0 * random()))];
  expect(Math.hypot(...a.key.map((v, k) => v - b.key[k]))).toBeLessThan(0.08);
});
