import type { Landmark } from '../../src/index.ts';

/** Where a garment lies in a picture and how it meets the torso that the landmarks span. */
export interface GarmentCoverage {
  /** Part of all pixels that the garment covers, 0..1. */
  area: number;
  /** Middle of the covered pixels, normalised to the picture. */
  centreX: number;
  centreY: number;
  centreOnTorso: boolean;
  /** Part of the torso's quadrilateral that the garment covers, 0..1. */
  torsoCovered: number;
}

/** BlazePose: left shoulder, right shoulder, right hip, left hip. */
const TORSO_LANDMARKS = [11, 12, 24, 23];

/** More than half opaque counts as garment. */
const OPAQUE = 128;

/** Even-odd rule, https://wrfranklin.org/Research/Short_Notes/pnpoly.html */
function isInside(x: number, y: number, polygon: readonly { x: number; y: number }[]): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i];
    const b = polygon[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** Measures a `garment` snapshot against the landmarks of the same frame. */
export async function garmentCoverage(garment: Blob, landmarks: readonly Landmark[]): Promise<GarmentCoverage> {
  const picture = await createImageBitmap(garment);
  // A quarter of the size is plenty for parts and middles.
  const width = Math.round(picture.width / 4);
  const height = Math.round(picture.height / 4);
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no 2D canvas to measure in');
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  const { data } = context.getImageData(0, 0, width, height);
  const torso = TORSO_LANDMARKS.map((i) => ({ x: landmarks[i].x, y: landmarks[i].y }));
  let covered = 0;
  let sumX = 0;
  let sumY = 0;
  let torsoPixels = 0;
  let torsoCovered = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = (column + 0.5) / width;
      const y = (row + 0.5) / height;
      const garmentHere = data[4 * (row * width + column) + 3] > OPAQUE;
      const torsoHere = isInside(x, y, torso);
      if (garmentHere) {
        covered++;
        sumX += x;
        sumY += y;
      }
      if (torsoHere) torsoPixels++;
      if (garmentHere && torsoHere) torsoCovered++;
    }
  }
  const centreX = covered > 0 ? sumX / covered : -1;
  const centreY = covered > 0 ? sumY / covered : -1;
  return {
    area: covered / (width * height),
    centreX,
    centreY,
    centreOnTorso: isInside(centreX, centreY, torso),
    torsoCovered: torsoPixels > 0 ? torsoCovered / torsoPixels : 0,
  };
}
