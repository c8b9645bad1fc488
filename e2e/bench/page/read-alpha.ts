import type { PersonMask } from '../../../src/index.ts';

/** Scales a picture to `width` × `height` pixels and reads its alpha channel as a mask: 0..255, rows from the top. */
export function readAlpha(picture: CanvasImageSource, width: number, height: number): PersonMask {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no 2D canvas to read masks with');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: Uint8ClampedArray.from({ length: width * height }, (_, i) => data[4 * i + 3]) };
}
