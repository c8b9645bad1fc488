import { expect, it } from 'vitest';
import { boneIndex } from '../mannequin/mannequin.ts';
import { clothSetbacks, skinSetbacks } from './body-setback.ts';

it('sets cloth back at least as far as the skin of the same bones, so that the body hides the far side', () => {
  const bones = Object.values(boneIndex);
  const indices = Uint16Array.from(bones.flatMap((bone) => [bone, 0, 0, 0]));
  const weights = Float32Array.from({ length: 4 * bones.length }, (_, k) => (k % 4 === 0 ? 1 : 0));
  const skin = skinSetbacks(indices, weights);
  const cloth = clothSetbacks(indices, weights);
  bones.forEach((_, i) => expect(cloth[i]).toBeGreaterThanOrEqual(skin[i]));
});

it('blends the values of the bones by their weights', () => {
  const indices = Uint16Array.of(boneIndex.chest, boneIndex.leftHand, 0, 0);
  const of = (...weights: number[]): number => skinSetbacks(indices, Float32Array.from(weights))[0];
  expect(of(0.25, 0.75, 0, 0)).toBeCloseTo(0.25 * of(1, 0, 0, 0) + 0.75 * of(0, 1, 0, 0), 6);
});
