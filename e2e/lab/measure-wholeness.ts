import type { PersonMask } from '../../src/index.ts';

/** How whole a drawn garment is, compared with its true pixels. */
export interface Wholeness {
  /** Number of pixels deep inside the true garment. */
  inside: number;
  /** Share of them, 0..1, that the drawn garment does not cover opaquely. */
  holes: number;
  /** Intersection over union of the drawn and the true garment, 0..1. */
  iou: number;
}

/** Coverages, 0..255: half covered, and opaque (0.9). */
const HALF = 128;
const OPAQUE = 230;

/**
 * Whether all pixels within `margin` pixels of the pixel x, y, along its row and its column, are in the mask. The
 * picture's edge is no end.
 */
function isDeepInside({ width, height, data }: PersonMask, x: number, y: number, margin: number): boolean {
  for (let d = -margin; d <= margin; d++) {
    const column = Math.min(width - 1, Math.max(0, x + d));
    const row = Math.min(height - 1, Math.max(0, y + d));
    if (data[y * width + column] < HALF || data[row * width + x] < HALF) return false;
  }
  return true;
}

/**
 * Compares a drawn garment (an image file, transparent but for the garment) with its true mask (coverage 0..255), of
 * the same size. Pixels nearer than `margin` pixels to the mask's outline do not count as inside: the body is known to
 * that only.
 */
export async function measureWholeness(garment: Blob, mask: PersonMask, margin: number): Promise<Wholeness> {
  const { width, height, data } = mask;
  const picture = await createImageBitmap(garment);
  if (picture.width !== width || picture.height !== height)
    throw new Error(`a garment of ${picture.width} × ${picture.height} and a mask of ${width} × ${height} pixels`);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas to measure in');
  context.drawImage(picture, 0, 0);
  picture.close();
  const rgba = context.getImageData(0, 0, width, height).data;
  let inside = 0;
  let holes = 0;
  let both = 0;
  let either = 0;
  for (let i = 0; i < data.length; i++) {
    const alpha = rgba[4 * i + 3];
    if (alpha >= HALF && data[i] >= HALF) both++;
    if (alpha >= HALF || data[i] >= HALF) either++;
    if (data[i] < HALF || !isDeepInside(mask, i % width, Math.floor(i / width), margin)) continue;
    inside++;
    if (alpha < OPAQUE) holes++;
  }
  return { inside, holes: holes / (inside || 1), iou: both / (either || 1) };
}
