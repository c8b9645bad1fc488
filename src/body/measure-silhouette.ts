import type { PersonMask } from '../tracking/tracker.ts';

/** Smallest coverage, of 255, of a pixel that belongs to the person. */
const MIN_COVERAGE = 128;
/** Step along the line, mask pixels: half a pixel, so that no crossing of the bilinear coverage is missed. */
const STEP_PIXELS = 0.5;

/**
 * Returns the bilinear coverage, 0..255, at mask pixel coordinates (the centre of the first pixel is 0.5, 0.5). A point
 * outside the mask gets the coverage at the nearest point of its edge.
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
 * Measures the distance from a point inside the silhouette of a person to its outline, along a direction. The outline
 * is where the bilinear coverage falls below 128 of 255; it is found to a fraction of a pixel.
 *
 * @param mask Coverage 0..255 by the person, rows from top to bottom.
 * @param x Start, mask pixels, as `y` (downwards); the centre of the first pixel is 0.5.
 * @param dx Direction, as `dy` (downwards); both form a unit vector.
 * @param limit Largest distance to search, mask pixels.
 * @returns Mask pixels; NaN if the start is not on the person, or if the line meets no outline before the limit or the
 * edge of the mask.
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
