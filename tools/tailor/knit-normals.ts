import { createRaster, type Raster } from '../raster/encode-png.ts';

/** A tangent-space normal map (glTF: y up) from a height function over [0, 1)², which must repeat. `relief`: height 1 over the tile's side. */
function normalsFrom(size: number, relief: number, height: (u: number, v: number) => number): Raster {
  const raster = createRaster(size, size, 3);
  const values = new Float64Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) values[y * size + x] = height((x + 0.5) / size, (y + 0.5) / size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const at = (i: number, j: number): number => values[((j + size) % size) * size + ((i + size) % size)];
      const dx = ((at(x + 1, y) - at(x - 1, y)) / 2) * size * relief,
        dy = ((at(x, y + 1) - at(x, y - 1)) / 2) * size * relief;
      const n = Math.hypot(dx, dy, 1),
        o = 3 * (y * size + x);
      raster.data[o] = Math.round(127.5 + (127.5 * -dx) / n);
      raster.data[o + 1] = Math.round(127.5 + (127.5 * dy) / n); // the picture's y runs down
      raster.data[o + 2] = Math.round(127.5 + 127.5 / n);
    }
  }
  return raster;
}

/** Side of the jersey tile, metres, with its stitches: 1 mm wales, 0.8 mm courses, what a 20-singles T-shirt has. */
export const jerseyTile = { side: 0.016, wales: 16, courses: 20 };

/** The right side of single jersey: columns of V, each stitch two legs that lean towards the column's middle. */
export function jerseyNormals(size = 256): Raster {
  return normalsFrom(size, 0.011, (u, v) => {
    const wale = u * jerseyTile.wales,
      across = Math.abs((wale % 1) - 0.5) * 2; // 0 in the middle, 1 between columns
    const course = v * jerseyTile.courses + 0.55 * across; // legs rise outwards
    const leg = Math.abs(Math.sin(Math.PI * course));
    const round = Math.sqrt(Math.max(0, 1 - (across - 0.5) ** 2 * 3.4));
    return round * (0.62 + 0.38 * leg);
  });
}

/** Side of the rib tile, metres: 1 × 1 rib, 2.7 mm from ridge to ridge. */
export const ribTile = { side: 0.0216, ridges: 8, courses: 24 };

/** A 1 × 1 rib: ridges of knit stitches between hollows. */
export function ribNormals(size = 256): Raster {
  return normalsFrom(size, 0.055, (u, v) => {
    const phase = (u * ribTile.ridges) % 1,
      across = Math.abs(phase - 0.5) * 2;
    const ridge = Math.cos(across * Math.PI * 0.5) ** 0.8;
    const course = Math.abs(Math.sin(Math.PI * (v * ribTile.courses + 0.5 * across)));
    return ridge * (0.94 + 0.06 * course);
  });
}
