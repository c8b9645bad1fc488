import type { Region } from './region.ts';

/**
 * Lays the mask of a square crop over the whole frame: writes `width` × `height` values 0..1 into `target`, bilinear, 0
 * outside the crop. `crop`: `cropSize`² values; `region`: where the crop lies, in pixels of a frame of `frameWidth` ×
 * `frameHeight`.
 */
export const warpMask = (
  crop: Float32Array,
  cropSize: number,
  region: Region,
  frameWidth: number,
  frameHeight: number,
  width: number,
  height: number,
  target: Float32Array,
): void => {
  const cos = (Math.cos(region.rotation) / region.size) * cropSize;
  const sin = (Math.sin(region.rotation) / region.size) * cropSize;
  const stepX = frameWidth / width;
  const stepY = frameHeight / height;
  const last = cropSize - 1;
  const middle = 0.5 * cropSize - 0.5;
  for (let row = 0, out = 0; row < height; row++) {
    const dy = (row + 0.5) * stepY - region.y;
    let u = cos * (0.5 * stepX - region.x) + sin * dy + middle;
    let v = -sin * (0.5 * stepX - region.x) + cos * dy + middle;
    for (let column = 0; column < width; column++, out++, u += cos * stepX, v -= sin * stepX) {
      // Far from the crop's edge, as most of it: nothing to watch.
      if (u >= 0 && v >= 0 && u < last && v < last) {
        const x = u | 0;
        const y = v | 0;
        const at = y * cropSize + x;
        const top = crop[at] + (crop[at + 1] - crop[at]) * (u - x);
        const bottom = crop[at + cropSize] + (crop[at + cropSize + 1] - crop[at + cropSize]) * (u - x);
        target[out] = top + (bottom - top) * (v - y);
        continue;
      }
      if (u <= -1 || v <= -1 || u >= cropSize || v >= cropSize) {
        target[out] = 0;
        continue;
      }
      const x = Math.floor(u);
      const y = Math.floor(v);
      const at = y * cropSize + x;
      const fx = u - x;
      const fy = v - y;
      const inLeft = x >= 0;
      const inRight = x < last;
      const top = y >= 0 ? (inLeft ? crop[at] : 0) * (1 - fx) + (inRight ? crop[at + 1] : 0) * fx : 0;
      const bottom =
        y < last ? (inLeft ? crop[at + cropSize] : 0) * (1 - fx) + (inRight ? crop[at + cropSize + 1] : 0) * fx : 0;
      target[out] = top + (bottom - top) * fy;
    }
  }
};
