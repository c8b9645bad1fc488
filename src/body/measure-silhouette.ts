import type { PersonMask } from '../tracking/tracker.ts';

/** Coverage at which a pixel is the person's, of 255. */
const INSIDE = 128;
/** Step along the line, mask pixels: half a pixel, so that bilinear crossings are found. */
const STEP = 0.5;

/** Coverage at mask pixel coordinates (pixel centres at +0.5), bilinear, 0..255; outside the mask the nearest edge's. */
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
 * How far the person reaches from a point inside the silhouette along a direction, in mask pixels.
 *
 * @param dx, dy unit direction.
 * @param limit how far to look, mask pixels.
 * @returns NaN when the point is not on the person, or when the person goes on to the limit or the picture's edge: the
 *   outline is then not there to be measured.
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
  let before = sample(mask, x, y);
  if (before < INSIDE) return Number.NaN;
  for (let far = STEP; far <= limit; far += STEP) {
    const px = x + far * dx;
    const py = y + far * dy;
    if (px < 0 || py < 0 || px > mask.width || py > mask.height) return Number.NaN;
    const here = sample(mask, px, py);
    if (here < INSIDE) return far - (STEP * (INSIDE - here)) / (before - here);
    before = here;
  }
  return Number.NaN;
}
