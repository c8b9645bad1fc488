import { describe, expect, it } from 'vitest';
import { compareMasks } from './compare-masks.ts';

function mask(...data: number[]) {
  return { width: data.length, height: 1, data: Uint8ClampedArray.from(data) };
}

describe('compareMasks', () => {
  it('counts pixels from half coverage on, and missed and extra pixels as shares of the expected mask', () => {
    expect(compareMasks(mask(255, 128, 127, 0, 200), mask(255, 255, 255, 128, 0))).toEqual({
      iou: 2 / 5,
      missed: 2 / 4,
      extra: 1 / 4,
    });
  });

  it('is perfect for equal masks, and for two empty masks', () => {
    expect(compareMasks(mask(0, 255), mask(0, 255))).toEqual({ iou: 1, missed: 0, extra: 0 });
    expect(compareMasks(mask(0, 0), mask(0, 0))).toEqual({ iou: 1, missed: 0, extra: 0 });
  });

  it('refuses masks of different sizes', () => {
    expect(() => compareMasks(mask(0), mask(0, 0))).toThrow(RangeError);
  });
});
