import { createRaster, type Raster } from '../raster/encode-png.ts';
import { pieceNames, type SewnTee } from './sew-tee.ts';
import type { Atlas } from './tee-atlas.ts';
import { baseTeeSize, teeMeasures } from './tee-measures.ts';

/** Side of the cloth picture, pixels: about half a millimetre of cloth each, so that a stitch of 3 mm is seen. */
const pictureSize = 2048;

/** Grey values of a cloth picture, to be multiplied with a material's colour. */
export interface ClothTones {
  cloth: number;
  print: number;
  /** Threads of the visible seams. */
  thread: number;
}

/** Paints cloth, seams, stitches and the print of the chest. */
export function paintCloth(tee: SewnTee, atlas: Atlas, tones: ClothTones): Raster {
  const raster = createRaster(pictureSize, pictureSize, 1, tones.cloth);
  const scale = pictureSize / atlas.side; // pixels a metre
  const flat = tee.pattern[baseTeeSize];
  const shade = (share: number): number => Math.round(tones.cloth * share);
  /** The named edge as pixels, moved into its piece by `inset` metres. */
  const path = (name: string, inset: number): number[] => {
    const piece = name.split('.')[0],
      list = tee.edges[name],
      out: number[] = [];
    const points = list.map((i) => [flat[2 * i], flat[2 * i + 1]]);
    const inward = insideOf(tee, piece, list);
    points.forEach(([x, y], k) => {
      const [ax, ay] = points[Math.max(0, k - 1)],
        [bx, by] = points[Math.min(points.length - 1, k + 1)];
      const n = Math.hypot(bx - ax, by - ay);
      const [u, v] = atlas.place(piece, x - (inward * inset * (by - ay)) / n, y + (inward * inset * (bx - ax)) / n);
      out.push(u * pictureSize, v * pictureSize);
    });
    return out;
  };
  const crease = (name: string): void => stroke(raster, path(name, 0), 0.0018 * scale, shade(0.8), 0.85, 0);
  const stitches = (name: string, inset: number): void => {
    stroke(raster, path(name, inset), 0.0019 * scale, shade(0.86), 0.8, 0); // the thread draws a furrow
    stroke(raster, path(name, inset), 0.0007 * scale, tones.thread, 1, 0.0032 * scale);
  };
  for (const side of ['Left', 'Right']) {
    for (const name of [
      `front.shoulder${side}`,
      `back.shoulder${side}`,
      `front.side${side}`,
      `back.side${side}`,
      `front.armhole${side}`,
      `back.armhole${side}`,
      `sleeve${side}.capFront`,
      `sleeve${side}.capBack`,
      `sleeve${side}.underFront`,
      `sleeve${side}.underBack`,
    ])
      crease(name);
    stitches(`back.shoulder${side}`, 0.003);
    stitches(`front.armhole${side}`, 0.004);
    stitches(`back.armhole${side}`, 0.004);
  }
  for (const name of ['front.neck', 'back.neck', 'rib.sewn']) crease(name);
  for (const name of ['front.neck', 'back.neck']) stitches(name, 0.0035);
  for (const name of ['front', 'back', 'sleeveLeft', 'sleeveRight']) {
    // double needle, a quarter inch apart
    stitches(`${name}.hem`, 0.0175);
    stitches(`${name}.hem`, 0.0238);
  }
  paintPrint(raster, atlas, scale, tones);
  return raster;
}

/** +1 when the piece lies to the left of the edge as listed, −1 when to the right. */
function insideOf(tee: SewnTee, piece: string, list: readonly number[]): number {
  const p = pieceNames.indexOf(piece as (typeof pieceNames)[number]),
    flat = tee.pattern[baseTeeSize];
  let x = 0,
    y = 0;
  for (let i = tee.pieceStarts[p]; i < tee.pieceStarts[p + 1]; i++) {
    x += flat[2 * i] / (tee.pieceStarts[p + 1] - tee.pieceStarts[p]);
    y += flat[2 * i + 1] / (tee.pieceStarts[p + 1] - tee.pieceStarts[p]);
  }
  const a = list[0],
    b = list[list.length - 1];
  const cross =
    (flat[2 * b] - flat[2 * a]) * (y - flat[2 * a + 1]) - (flat[2 * b + 1] - flat[2 * a + 1]) * (x - flat[2 * a]);
  return cross > 0 ? 1 : -1;
}

/** Draws a soft line through the points; `dash` is the length of a stitch in pixels, 0 for an unbroken line. */
function stroke(
  raster: Raster,
  points: readonly number[],
  width: number,
  value: number,
  strength: number,
  dash: number,
): void {
  let run = 0;
  for (let k = 2; k < points.length; k += 2) {
    const ax = points[k - 2],
      ay = points[k - 1],
      dx = points[k] - ax,
      dy = points[k + 1] - ay,
      length = Math.hypot(dx, dy);
    const reach = width + 1;
    for (
      let y = Math.max(0, Math.floor(Math.min(ay, ay + dy) - reach));
      y <= Math.min(raster.height - 1, Math.ceil(Math.max(ay, ay + dy) + reach));
      y++
    ) {
      for (
        let x = Math.max(0, Math.floor(Math.min(ax, ax + dx) - reach));
        x <= Math.min(raster.width - 1, Math.ceil(Math.max(ax, ax + dx) + reach));
        x++
      ) {
        const along = ((x + 0.5 - ax) * dx + (y + 0.5 - ay) * dy) / length;
        if (along < 0 || along > length) continue;
        if (dash > 0 && (run + along) % dash > dash * 0.72) continue;
        const off = Math.abs(((x + 0.5 - ax) * dy - (y + 0.5 - ay) * dx) / length);
        const cover = Math.min(1, Math.max(0, width / 2 + 0.5 - off)) * strength;
        if (cover === 0) continue;
        const at = y * raster.width + x,
          mixed = raster.data[at] + (value - raster.data[at]) * cover;
        // Unbroken furrows only darken or lighten away from the cloth; overlapping pieces of one line do not add up.
        if (strength === 1 || (value < raster.data[at] ? mixed < raster.data[at] : mixed > raster.data[at]))
          raster.data[at] = Math.round(mixed);
      }
    }
    run += length;
  }
}

/** The mark on the chest: a sun over water, 72 mm across. Lengths in metres from its middle. */
const mark = { radius: 0.036, below: 0.1, stripes: [0.0035, 0.01, 0.0165, 0.023, 0.0295] };

function paintPrint(raster: Raster, atlas: Atlas, scale: number, tones: ClothTones): void {
  const m = teeMeasures(baseTeeSize);
  const [u, v] = atlas.place('front', 0, -m.neckDropFront - mark.below);
  const cx = u * pictureSize,
    cy = v * pictureSize,
    r = mark.radius * scale;
  for (let y = Math.floor(cy - r - 2); y <= cy + r + 2; y++) {
    for (let x = Math.floor(cx - r - 2); x <= cx + r + 2; x++) {
      let covered = 0;
      for (let s = 0; s < 16; s++) {
        const px = x + ((s % 4) + 0.5) / 4 - cx,
          py = y + (Math.floor(s / 4) + 0.5) / 4 - cy;
        if (px * px + py * py > r * r) continue;
        const down = py / scale;
        // Below the horizon the disc is cut by gaps that widen.
        const gap = mark.stripes.findIndex((top, k) => down > top && down < top + 0.0014 + 0.0009 * k);
        if (down < 0 || gap < 0) covered++;
      }
      const at = y * raster.width + x;
      raster.data[at] = Math.round(raster.data[at] + ((tones.print - raster.data[at]) * covered) / 16);
    }
  }
}
