/**
 * Paints the picture of a garment's cloth, which is its texture: greys that a material's colour multiplies.
 *
 * 1. Fill it with the tone of the cloth.
 * 2. Darken a crease along every seam.
 * 3. Draw the stitches of the visible seams and the hems, each in a furrow.
 * 4. Print the mark, if there is one.
 */
import { createRaster, type Raster } from '../raster/encode-png.ts';
import type { Atlas } from './lay-out-atlas.ts';
import type { SewnGarment } from './sew-pattern.ts';
import { strokeLine } from './stroke-line.ts';

/** Width and height of the picture, pixels: each is about half a millimetre of cloth, so a 3 mm stitch can be seen. */
const PICTURE_SIZE = 2048;

/** Grey values, 0 to 255. */
export interface ClothTones {
  cloth: number;
  print: number;
  /** Threads of the visible seams. */
  thread: number;
}

/** Widths of lines and length of a stitch, metres. */
const CREASE_WIDTH = 0.0018;
const FURROW_WIDTH = 0.0019;
const THREAD_WIDTH = 0.0007;
const STITCH_LENGTH = 0.0032;

/**
 * Paints the grey picture of the garment's cloth, 2048 × 2048 pixels, one channel. `sewn`: the pattern pieces, with the
 * names of their edges; `atlas`: the layout of the pieces in the picture; `tones`: grey values of cloth, print and
 * thread.
 */
export function paintCloth(sewn: SewnGarment, atlas: Atlas, tones: ClothTones): Raster {
  const raster = createRaster(PICTURE_SIZE, PICTURE_SIZE, 1, tones.cloth);
  const pixelsPerMetre = PICTURE_SIZE / atlas.side;
  const flat = sewn.flat[sewn.pattern.baseSize];
  const darkened = (share: number): number => Math.round(tones.cloth * share);
  /** Returns the points of an edge (`front.hem`, …) moved into its piece by `inset` metres: x, y, x, y, …, pixels. */
  const edgePixels = (name: string, inset: number): number[] => {
    const forwards = name.replace(/^-/, '');
    const piece = forwards.split('.')[0];
    const edge = sewn.edges[forwards];
    const pixels: number[] = [];
    const points = edge.map((i) => [flat[2 * i], flat[2 * i + 1]]);
    const inward = sideOfPiece(sewn, piece, edge);
    points.forEach(([x, y], k) => {
      const [ax, ay] = points[Math.max(0, k - 1)];
      const [bx, by] = points[Math.min(points.length - 1, k + 1)];
      const length = Math.hypot(bx - ax, by - ay);
      const [u, v] = atlas.place(
        piece,
        x - (inward * inset * (by - ay)) / length,
        y + (inward * inset * (bx - ax)) / length,
      );
      pixels.push(u * PICTURE_SIZE, v * PICTURE_SIZE);
    });
    return pixels;
  };
  const paintCrease = (name: string): void =>
    strokeLine(raster, edgePixels(name, 0), {
      width: CREASE_WIDTH * pixelsPerMetre,
      value: darkened(0.8),
      opacity: 0.85,
    });
  const paintStitches = (name: string, inset: number): void => {
    const line = edgePixels(name, inset);
    strokeLine(raster, line, { width: FURROW_WIDTH * pixelsPerMetre, value: darkened(0.86), opacity: 0.8 });
    strokeLine(raster, line, {
      width: THREAD_WIDTH * pixelsPerMetre,
      value: tones.thread,
      opacity: 1,
      dash: STITCH_LENGTH * pixelsPerMetre,
    });
  };
  const { seams, bands, pieces, hemStitches, bandStitches } = sewn.pattern;
  for (const { edges } of seams) edges.forEach(paintCrease);
  for (const { stitches = [] } of seams) for (const { edge, inset } of stitches) paintStitches(edge, inset);
  for (const { name, along } of bands) {
    for (const edge of [...along, `${name}.sewn`]) paintCrease(edge);
    for (const edge of along) paintStitches(edge, bandStitches);
  }
  for (const { name } of pieces) for (const inset of hemStitches) paintStitches(`${name}.hem`, inset);
  printMark(raster, sewn, atlas, tones);
  return raster;
}

/** Returns 1 if the piece is on the left of its edge in the edge's direction, −1 if it is on the right. */
function sideOfPiece(sewn: SewnGarment, piece: string, edge: readonly number[]): number {
  const p = sewn.pieceNames.indexOf(piece);
  const flat = sewn.flat[sewn.pattern.baseSize];
  const [start, end] = [sewn.pieceStarts[p], sewn.pieceStarts[p + 1]];
  let centreX = 0;
  let centreY = 0;
  for (let i = start; i < end; i++) {
    centreX += flat[2 * i] / (end - start);
    centreY += flat[2 * i + 1] / (end - start);
  }
  const a = edge[0];
  const b = edge[edge.length - 1];
  const cross =
    (flat[2 * b] - flat[2 * a]) * (centreY - flat[2 * a + 1]) -
    (flat[2 * b + 1] - flat[2 * a + 1]) * (centreX - flat[2 * a]);
  return cross > 0 ? 1 : -1;
}

/**
 * The mark, a sun over water: its radius, and the distances below its middle at which the gaps between the stripes of
 * water begin; metres.
 */
const MARK = { radius: 0.036, stripes: [0.0035, 0.01, 0.0165, 0.023, 0.0295] };

/** Step 4, antialiased by 4 × 4 samples a pixel. */
function printMark(raster: Raster, { pattern }: SewnGarment, atlas: Atlas, tones: ClothTones): void {
  const { mark, sizes, baseSize } = pattern;
  if (!mark) return;
  const pixelsPerMetre = PICTURE_SIZE / atlas.side;
  const [u, v] = atlas.place(mark.piece, ...mark.middle(sizes[baseSize]));
  const centreX = u * PICTURE_SIZE;
  const centreY = v * PICTURE_SIZE;
  const radius = MARK.radius * pixelsPerMetre;
  for (let y = Math.floor(centreY - radius - 2); y <= centreY + radius + 2; y++) {
    for (let x = Math.floor(centreX - radius - 2); x <= centreX + radius + 2; x++) {
      let covered = 0;
      for (let sample = 0; sample < 16; sample++) {
        const dx = x + ((sample % 4) + 0.5) / 4 - centreX;
        const dy = y + (Math.floor(sample / 4) + 0.5) / 4 - centreY;
        if (dx * dx + dy * dy > radius * radius) continue;
        const below = dy / pixelsPerMetre;
        // Below the middle, gaps cut the disc; each is wider than the one above.
        const gap = MARK.stripes.findIndex((top, k) => below > top && below < top + 0.0014 + 0.0009 * k);
        if (below < 0 || gap < 0) covered++;
      }
      const pixel = y * raster.width + x;
      raster.data[pixel] = Math.round(raster.data[pixel] + ((tones.print - raster.data[pixel]) * covered) / 16);
    }
  }
}
