import { expect, test } from 'vitest';
import { keyMask } from './key-mask.ts';

function picture(...pixels: number[][]): Parameters<typeof keyMask>[0] {
  return { width: pixels.length, height: 1, data: Uint8ClampedArray.from(pixels.flatMap((rgb) => [...rgb, 255])) };
}

test('keyMask covers skin, black and white wholly, an edge by half, and the background not at all', () => {
  const { data } = keyMask(picture([0, 250, 0], [220, 180, 160], [0, 0, 0], [255, 255, 255], [110, 215, 80]));
  expect([...data]).toEqual([0, 255, 255, 255, 148]);
});

test('keyMask throws for a picture without the key colour', () => {
  expect(() => keyMask(picture([200, 210, 200]))).toThrow('key colour');
});
