import { createRaster, type Raster } from '../raster/encode-png.ts';

/**
 * The jersey's repeating tile: width and height (`side`, metres), and the numbers of columns (wales) and rows (courses)
 * of stitches. A stitch is 1 mm wide and 0.8 mm high, as in a T-shirt of 20-singles yarn.
 */
export const jerseyTile = { side: 0.016, wales: 16, courses: 20 };

/**
 * The rib's repeating tile: width and height (`side`, metres), and the numbers of ridges and rows of stitches. A 1 × 1
 * rib, 2.7 mm from ridge to ridge.
 */
export const ribTile = { side: 0.0216, ridges: 8, courses: 24 };

/**
 * Paints the normal map of `jerseyTile`, `size` × `size` pixels, RGB: single jersey seen from its right side. Its
 * columns look like stacks of V: each stitch has two legs that lean towards the middle of the column.
 */
export function jerseyNormals(size = 256): Raster {
  return normalsFromHeights(size, 0.011, (u, v) => {
    const wale = u * jerseyTile.wales;
    /** 0 in the middle of a column, 1 between columns. */
    const across = Math.abs((wale % 1) - 0.5) * 2;
    // Legs rise outwards.
    const course = v * jerseyTile.courses + 0.55 * across;
    const leg = Math.abs(Math.sin(Math.PI * course));
    const roundness = Math.sqrt(Math.max(0, 1 - (across - 0.5) ** 2 * 3.4));
    return roundness * (0.62 + 0.38 * leg);
  });
}

/** Paints the normal map of `ribTile`, `size` × `size` pixels, RGB: upright ridges of knit stitches between hollows. */
export function ribNormals(size = 256): Raster {
  return normalsFromHeights(size, 0.055, (u, v) => {
    const phase = (u * ribTile.ridges) % 1;
    /** 0 on a ridge, 1 in a hollow. */
    const across = Math.abs(phase - 0.5) * 2;
    const ridge = Math.cos(across * Math.PI * 0.5) ** 0.8;
    const course = Math.abs(Math.sin(Math.PI * (v * ribTile.courses + 0.5 * across)));
    return ridge * (0.94 + 0.06 * course);
  });
}

/**
 * Paints the tangent-space normal map (glTF: y up; a component −1 to 1 is stored as 0 to 255) of a height function that
 * repeats with period 1 in `u` (to the right) and `v` (down). `relief`: size of the height 1 as a share of the tile's
 * width.
 */
function normalsFromHeights(size: number, relief: number, height: (u: number, v: number) => number): Raster {
  const raster = createRaster(size, size, 3);
  const heights = new Float64Array(size * size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) heights[y * size + x] = height((x + 0.5) / size, (y + 0.5) / size);
  const heightAt = (x: number, y: number): number => heights[((y + size) % size) * size + ((x + size) % size)];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const dx = ((heightAt(x + 1, y) - heightAt(x - 1, y)) / 2) * size * relief;
      const dy = ((heightAt(x, y + 1) - heightAt(x, y - 1)) / 2) * size * relief;
      const length = Math.hypot(dx, dy, 1);
      const pixel = 3 * (y * size + x);
      raster.data[pixel] = Math.round(127.5 + (127.5 * -dx) / length);
      // The picture's y runs down, the normal's up.
      raster.data[pixel + 1] = Math.round(127.5 + (127.5 * dy) / length);
      raster.data[pixel + 2] = Math.round(127.5 + 127.5 / length);
    }
  }
  return raster;
}
