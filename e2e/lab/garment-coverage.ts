import type { Landmark } from '../../src/index.ts';

/** Position of the drawn garment in an image, compared with the torso. */
export interface GarmentCoverage {
  /** Share of all pixels that the garment covers, 0..1. */
  area: number;
  /** Mean position of the covered pixels, 0..1 from the top left of the image; −1 when no pixel is covered. */
  centreX: number;
  centreY: number;
  /** Whether that position is inside the torso. */
  centreOnTorso: boolean;
  /** Share of the torso that the garment covers, 0..1; 0 when the torso is outside the image. */
  torsoCovered: number;
}

/**
 * The corners of the torso, a quadrilateral of BlazePose landmarks: left shoulder, right shoulder, right hip, left hip.
 */
const TORSO_LANDMARKS = [11, 12, 24, 23];

/** Pixels with an alpha (0..255) above this belong to the garment. */
const OPAQUE = 128;

/**
 * Whether a point is inside a polygon (x and y of its corners, in the point's unit), by the even-odd rule:
 * https://wrfranklin.org/Research/Short_Notes/pnpoly.html
 */
function isInside(x: number, y: number, polygon: readonly { x: number; y: number }[]): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i];
    const b = polygon[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/**
 * Measures where the garment is drawn. `garment`: a snapshot of the layer `garment`, an image file that is transparent
 * but for the garment. `landmarks`: 33 pose landmarks of the same frame, x and y 0..1 from its top left.
 */
export async function garmentCoverage(garment: Blob, landmarks: readonly Landmark[]): Promise<GarmentCoverage> {
  const picture = await createImageBitmap(garment);
  // A quarter of the size is exact enough for shares and mean positions.
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
