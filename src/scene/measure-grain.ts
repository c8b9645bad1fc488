import type { SmallPicture } from './light-samples.ts';

/** Channel values of 8 bits beyond which noise is cut off, and the share of pixels beyond them that tells nothing. */
const DARKEST = 4;
const BRIGHTEST = 250;
const MAX_CLIPPED_SHARE = 0.5;
/**
 * Side of the squares whose means tell that something moves, pixels; and the standard deviation of these means, as a
 * multiple of the noise, from which it does. Noise without neighbourhood has 0.25. What moves differs in whole squares.
 */
const SQUARE_PIXELS = 4;
const MAX_SQUARE_SPREAD = 0.8;

/** Side of the largest piece, pixels. */
const MAX_PIECE_PIXELS = 64;
/** Scratch: green of a piece, or its change. */
const values = new Float32Array(MAX_PIECE_PIXELS ** 2);

/**
 * Returns the standard deviation of a camera's noise in a piece of a picture, as a share of white, sRGB values; NaN if
 * the piece does not tell it. It looks at green alone, which all cameras measure best.
 *
 * With the same piece of the frame before, noise is what changes where nothing moves: patterns stay. Where something
 * moves, and where no pixel changes, the piece tells nothing. Without it, noise and fine patterns look alike: the result
 * is the most that the noise can be. Pure.
 *
 * @param piece at most `MAX_PIECE_PIXELS` wide and high.
 * @param before values of the same piece in the frame before, RGBA; null: none.
 */
export function measureGrain(piece: SmallPicture, before: SmallPicture['data'] | null = null): number {
  const { data, width, height } = piece;
  const count = width * height;
  let clipped = 0;
  for (let i = 0; i < count; i++) {
    values[i] = data[4 * i + 1];
    if (values[i] <= DARKEST || values[i] >= BRIGHTEST) clipped++;
  }
  if (clipped > MAX_CLIPPED_SHARE * count) return Number.NaN;
  const inPicture = deviationOf(width, height);
  if (!before) return inPicture / 255;
  for (let i = 0; i < count; i++) values[i] -= before[4 * i + 1];
  const inChange = deviationOf(width, height);
  if (inChange === 0 || spreadOfSquares(width, height) > MAX_SQUARE_SPREAD * inChange) return Number.NaN;
  // Both frames have noise. A pattern that moves as one by a pixel changes more than it has noise.
  return Math.min(inPicture, inChange / Math.SQRT2) / 255;
}

/**
 * Returns the standard deviation of the noise in `values` (Immerkaer 1996, "Fast Noise Variance Estimation": a difference
 * of two Laplacians leaves out flat surfaces, slopes and straight edges).
 */
function deviationOf(width: number, height: number): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const up = i - width;
      const down = i + width;
      sum += Math.abs(
        4 * values[i] -
          2 * (values[i - 1] + values[i + 1] + values[up] + values[down]) +
          values[up - 1] +
          values[up + 1] +
          values[down - 1] +
          values[down + 1],
      );
    }
  // The weights' squares sum to 36, and the mean of |x| of a normal distribution is √(2 / π) standard deviations.
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2));
}

/** Returns the standard deviation of the means of `values` over squares. */
function spreadOfSquares(width: number, height: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let top = 0; top + SQUARE_PIXELS <= height; top += SQUARE_PIXELS)
    for (let left = 0; left + SQUARE_PIXELS <= width; left += SQUARE_PIXELS) {
      let mean = 0;
      for (let y = top; y < top + SQUARE_PIXELS; y++)
        for (let x = left; x < left + SQUARE_PIXELS; x++) mean += values[y * width + x];
      mean /= SQUARE_PIXELS ** 2;
      sum += mean;
      squares += mean * mean;
      count++;
    }
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
