import { expect, it } from 'vitest';
import { createRandom } from '../math/create-random.ts';
import { type LightShape, shade } from './find-key-light.ts';
import { createLightSamples, LOWER_GROUP, UPPER_GROUP } from './light-samples.ts';
import { MATERIAL_VALUES, measureMaterials, UNSEEN_MATERIAL } from './measure-materials.ts';

const SHAPE: LightShape = { ambient: 0.6, key: [0.5, 0.3, 0.5] };
const CLOTH = [0.4, 0.05, 0.1];

/** Samples of one material in `SHAPE`'s light; a share of them shows a print that is far brighter. */
function sampleCloth(group: number, { count, print, seed }: { count: number; print: number; seed: number }) {
  const random = createRandom(seed);
  const samples = createLightSamples();
  for (; samples.count < count; samples.count++) {
    const [x, y] = [random() - 0.5, random() - 0.5];
    const normal = [x, y, Math.sqrt(1 - x * x - y * y)];
    const light = shade(SHAPE, normal[0], normal[1], normal[2]) * (random() < print ? 8 : 1);
    samples.normals.set(normal, 3 * samples.count);
    samples.colours.set(
      CLOTH.map((value) => value * light),
      3 * samples.count,
    );
    samples.groups[samples.count] = group;
  }
  return samples;
}

it('finds the colour of each material in the mean light, whatever is printed on less than half of it, seed 1', () => {
  for (const [m, group] of [UPPER_GROUP, LOWER_GROUP].entries()) {
    const samples = sampleCloth(group, { count: 100, print: 0.3, seed: 1 });
    const found = measureMaterials(samples, SHAPE, new Float32Array(MATERIAL_VALUES));
    for (let k = 0; k < 3; k++) expect(found[3 * m + k]).toBeCloseTo(Math.log(CLOTH[k]), 4);
    const others = [...found].filter((_, i) => Math.floor(i / 3) !== m);
    expect(new Set(others)).toEqual(new Set([UNSEEN_MATERIAL]));
  }
});

it('knows no material of which a few samples are seen, seed 2', () => {
  const samples = sampleCloth(UPPER_GROUP, { count: 5, print: 0, seed: 2 });
  const found = measureMaterials(samples, SHAPE, new Float32Array(MATERIAL_VALUES));
  expect(new Set(found)).toEqual(new Set([UNSEEN_MATERIAL]));
});
