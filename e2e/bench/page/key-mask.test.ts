import { expect, test } from 'vitest';
import { keyMask } from './key-mask.ts';

function picture(...pixels: number[][]): Parameters<typeof keyMask>[0] {
  return { width: pixels.length, height: 1, data: Uint8ClampedArray.from(pixels.flatMap((rgb) => [...rgb, 255])) };
}

test('keyMask: nothing of the background, all of skin, black and white, half of an edge', () => {
  const { data } = keyMask(picture([0, 250, 0], [220, 180, 160], [0, 0, 0], [255, 255, 255], [110, 215, 80]));
  expect([...data]).toEqual([0, 255, 255, 255, 148]);
});

test('keyMask refuses a picture without the colour', () => {
  expect(() => keyMask(picture([200, 210, 200]))).toThrow('key colour');
});
