import type { PersonMask } from '../tracking/tracker.ts';

/** Coverage of 255 from which a pixel belongs to the person. */
const MIN_COVERAGE = 128;
/** Step along the line, mask pixels: half a pixel, so that bilinear crossings are found. */
const STEP_PIXELS = 0.5;

/**
 * Coverage at mask pixel coordinates (pixel centres at +0.5), bilinear, 0..255. Outside the mask: the value at its
 * nearest edge.
 */
function sample(mask: PersonMask, x: number, y: number): number {
  const { width, height, data } = mask;
  const left = Math.min(width - 1, Math.max(0, x - 0.5));
  const top = Math.min(height - 1, Math.max(0, y - 0.5));
  const column = Math.floor(left);
  const row = Math.floor(top);
  const nextColumn = Math.min(width - 1, column + 1);
  const nextRow = Math.min(height - 1, row + 1);
  const fx = left - column;
  const fy = top - row;
  const above = data[row * width + column] * (1 - fx) + data[row * width + nextColumn] * fx;
  const below = data[nextRow * width + column] * (1 - fx) + data[nextRow * width + nextColumn] * fx;
  return above * (1 - fy) + below * fy;
}

/**
 * Distance from a point inside the silhouette to the outline along a direction, mask pixels.
 *
 * @param x mask pixels, as `y`; the centre of the first pixel is 0.5.
 * @param dx unit direction, as `dy`.
 * @param limit largest distance to search, mask pixels.
 * @returns NaN if the point is not on the person, or if there is no outline before the limit or the edge of the
 * picture.
 */
export function measureSilhouette(
  mask: PersonMask,
  x: number,
  y: number,
  dx: number,
  dy: number,
  limit: number,
): number {
  if (x < 0 || y < 0 || x > mask.width || y > mask.height) return Number.NaN;
  let previous = sample(mask, x, y);
  if (previous < MIN_COVERAGE) return Number.NaN;
  for (let distance = STEP_PIXELS; distance <= limit; distance += STEP_PIXELS) {
    const px = x + distance * dx;
    const py = y + distance * dy;
    if (px < 0 || py < 0 || px > mask.width || py > mask.height) return Number.NaN;
    const coverage = sample(mask, px, py);
    if (coverage < MIN_COVERAGE) return distance - (STEP_PIXELS * (MIN_COVERAGE - coverage)) / (previous - coverage);
    previous = coverage;
  }
  return Number.NaN;
}
