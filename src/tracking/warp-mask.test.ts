import { describe, expect, it } from 'vitest';
import { smoothMask } from './smooth-mask.ts';
import { warpMask } from './warp-mask.ts';

const CROP = 64;

describe('warpMask', () => {
  it('gives the crop itself back where region, frame and mask are one', () => {
    const crop = Float32Array.from({ length: CROP * CROP }, (_, i) => (i * 7919) % 1000 / 1000);
    const target = new Float32Array(CROP * CROP).fill(-1);
    warpMask(crop, CROP, { x: 32, y: 32, size: 64, rotation: 0 }, 64, 64, 64, 64, target);
    target.forEach((value, i) => expect(value).toBeCloseTo(crop[i], 5));
  });

  it('is 0 outside the crop and keeps the area of a disc, whatever the turn (0°, 30°, 137°)', () => {
    const crop = new Float32Array(CROP * CROP);
    for (let y = 0; y < CROP; y++) {
      for (let x = 0; x < CROP; x++) crop[y * CROP + x] = Math.hypot(x + 0.5 - 32, y + 0.5 - 32) < 20 ? 1 : 0;
    }
    for (const degrees of [0, 30, 137]) {
      const target = new Float32Array(90 * 160);
      const region = { x: 400, y: 500, size: 640, rotation: (degrees * Math.PI) / 180 };
      warpMask(crop, CROP, region, 720, 1280, 90, 160, target);
      // A disc of 20 crop pixels is 200 frame pixels or 25 mask pixels in radius.
      const area = target.reduce((sum, value) => sum + value, 0);
      expect(area / (Math.PI * 25 ** 2)).toBeCloseTo(1, 1);
      expect(target[62 * 90 + 50]).toBe(1);
      expect(target[5 * 90 + 50]).toBe(0);
    }
  });

  it('turns as regions turn: the crop’s top lies to the right after a quarter clockwise', () => {
    const crop = new Float32Array(CROP * CROP).fill(1, 0, 10 * CROP);
    const target = new Float32Array(100 * 100);
    warpMask(crop, CROP, { x: 50, y: 50, size: 100, rotation: Math.PI / 2 }, 100, 100, 100, 100, target);
    expect(target[50 * 100 + 95]).toBeCloseTo(1, 5);
    expect(target[5 * 100 + 50]).toBe(0);
  });
});

describe('smoothMask', () => {
  it('keeps what is sure and takes 0.7 of the previous where it is undecided', () => {
    const mask = Float32Array.of(0, 1, 0.5);
    const previous = Float32Array.of(1, 0, 1);
    smoothMask(mask, previous, 3);
    expect(mask[0]).toBeCloseTo(0, 2);
    expect(mask[1]).toBeCloseTo(1, 2);
    expect(mask[2]).toBeCloseTo(0.85, 6);
    expect([...previous]).toEqual([1, 0, 1]);
  });
});
