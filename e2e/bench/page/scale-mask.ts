import type { PersonMask } from '../../../src/index.ts';
import { readAlpha } from './read-alpha.ts';

/** Returns a mask (coverage 0..255) scaled to `toWidth` × `toHeight` pixels with the canvas's smoothing. */
export function scaleMask({ width, height, data }: PersonMask, toWidth: number, toHeight: number): PersonMask {
  const pixels = new ImageData(width, height);
  for (let i = 0; i < data.length; i++) pixels.data[4 * i + 3] = data[i];
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
  return readAlpha(canvas, toWidth, toHeight);
}
