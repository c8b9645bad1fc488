import type { SmallPicture } from './light-samples.ts';

/**
 * Returns the standard deviation of a camera's noise in a piece of a picture, as a share of white, sRGB values. It looks
 * at green alone, which all cameras measure best. (Immerkaer 1996, "Fast Noise Variance Estimation": a difference of two
 * Laplacians leaves out flat surfaces, slopes and straight edges.) Pure.
 */
export function measureGrain({ data, width, height }: SmallPicture): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = 4 * (y * width + x) + 1;
      const up = i - 4 * width;
      const down = i + 4 * width;
      sum += Math.abs(
        4 * data[i] -
          2 * (data[i - 4] + data[i + 4] + data[up] + data[down]) +
          data[up - 4] +
          data[up + 4] +
          data[down - 4] +
          data[down + 4],
      );
    }
  // The weights' squares sum to 36, and the mean of |x| of a normal distribution is √(2 / π) standard deviations.
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2)) / 255;
}
