import { describe, expect, it } from 'vitest';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT, morphIndex } from '../mannequin/mannequin.ts';
import { createBuildModel, type SeenGirth } from './create-build-model.ts';

const mannequin = await committedMannequin();
const model = createBuildModel(mannequin);
function expectOf(lengths: ArrayLike<number>, seen: SeenGirth[] = []): Float32Array {
  return model.expect(lengths, seen, new Float32Array(MORPH_COUNT));
}
function girth(name: keyof typeof morphIndex, weight: number, isClothed = false): SeenGirth {
  return { morph: morphIndex[name], weight, trust: 1, isClothed };
}

describe('createBuildModel', () => {
  it('expects broad chests of broad-shouldered people: what the mean woman and man have, from their lengths', () => {
    for (const name of ['female-50', 'male-50']) {
      const preset = mannequin.presets[name];
      const expected = expectOf(preset);
      for (const morph of ['chest', 'hip', 'neck'] as const)
        expect(Math.abs(expected[morphIndex[morph]] - preset[morphIndex[morph]]), `${morph} of ${name}`).toBeLessThan(
          0.6,
        );
    }
  });

  it('takes somebody whose waist is wide to be heavy all over', () => {
    const { 'male-50': man } = mannequin.presets;
    const heavy = expectOf(man, [girth('waist', 1.2)]);
    const usual = expectOf(man);
    for (const morph of ['chest', 'thigh', 'upperArm', 'hip'] as const)
      expect(heavy[morphIndex[morph]]).toBeGreaterThan(usual[morphIndex[morph]] + 0.2);
  });

  it('takes a wide waist under clothes over a slender neck for the clothes', () => {
    const { 'female-50': woman } = mannequin.presets;
    const slender = girth('neck', woman[morphIndex.neck]);
    const waist = girth('waist', 1.5, true);
    expectOf(woman, [waist, slender]);
    expect(waist.weight).toBeLessThan(0.6);
    const plausible = girth('waist', woman[morphIndex.waist] + 0.2, true);
    expectOf(woman, [plausible, slender]);
    expect(plausible.weight).toBeCloseTo(woman[morphIndex.waist] + 0.2, 6);
  });

  it('does not change the lengths that it goes by', () => {
    const lengths = mannequin.presets['male-95'].slice();
    expectOf(lengths, [girth('hip', 1)]);
    expect(lengths).toEqual(mannequin.presets['male-95']);
  });
});
