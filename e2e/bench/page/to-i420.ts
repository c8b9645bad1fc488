/** Weights of red, green and blue in luma and in the colour differences: ITU-R BT.709, limited range. */
const luma = [0.1826, 0.6142, 0.062] as const;
const blueDifference = [-0.1006, -0.3386, 0.4392] as const;
const redDifference = [0.4392, -0.3989, -0.0403] as const;

/** The colour space of `toI420`, for `VideoFrame`. */
export const i420ColorSpace: VideoColorSpaceInit = {
  primaries: 'bt709',
  transfer: 'bt709',
  matrix: 'bt709',
  fullRange: false,
};

/**
 * Converts `rgba` (4 × width × height, 0..255, rows from the top) to I420, the layout of a camera's frames. Returns one
 * array, 0..255: the plane of Y, then those of U and V at half the width and height (rounded up).
 */
export function toI420(rgba: Uint8ClampedArray, width: number, height: number): Uint8Array {
  const halfWidth = (width + 1) >> 1;
  const halfHeight = (height + 1) >> 1;
  const planes = new Uint8Array(width * height + 2 * halfWidth * halfHeight);
  const u = width * height;
  const v = u + halfWidth * halfHeight;
  for (let i = 0; i < u; i++)
    planes[i] = 16.5 + luma[0] * rgba[4 * i] + luma[1] * rgba[4 * i + 1] + luma[2] * rgba[4 * i + 2];
  for (let line = 0; line < halfHeight; line++) {
    for (let column = 0; column < halfWidth; column++) {
      const x = [2 * column, Math.min(2 * column + 1, width - 1)];
      const y = [2 * line, Math.min(2 * line + 1, height - 1)];
      let red = 0;
      let green = 0;
      let blue = 0;
      for (const pixel of [y[0] * width + x[0], y[0] * width + x[1], y[1] * width + x[0], y[1] * width + x[1]]) {
        red += rgba[4 * pixel] / 4;
        green += rgba[4 * pixel + 1] / 4;
        blue += rgba[4 * pixel + 2] / 4;
      }
      const sample = line * halfWidth + column;
      planes[u + sample] = 128.5 + blueDifference[0] * red + blueDifference[1] * green + blueDifference[2] * blue;
      planes[v + sample] = 128.5 + redDifference[0] * red + redDifference[1] * green + redDifference[2] * blue;
    }
  }
  return planes;
}
