import { createRaster, type Raster } from '../raster/encode-png.ts';

/** Width by which values continue beyond the painted triangles, pixels, so that texture filtering shows no border. */
const BORDER_PIXELS = 4;

/** A textured mesh with a value at each vertex, the light that reaches it for instance. */
export interface MeshWithValues {
  /** One for each vertex, 0 to 1. */
  values: ArrayLike<number>;
  /** Texture coordinates, 2 × vertices, origin top left. */
  uvs: ArrayLike<number>;
  /** Three vertices for each triangle. */
  indices: ArrayLike<number>;
}

/**
 * Draws values of vertices, interpolated over the triangles, into a grey picture of `size` × `size` pixels by texture
 * coordinates: 0 becomes 0, 1 becomes 255, pixels far from all triangles are 255.
 */
export function paintVertexValues({ values, uvs, indices }: MeshWithValues, size: number): Raster {
  const raster = createRaster(size, size, 1, 255);
  const isPainted = new Uint8Array(size * size);
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]];
    const [ax, ay, bx, by, cx, cy] = [a, b, c].flatMap((i) => [uvs[2 * i] * size, uvs[2 * i + 1] * size]);
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (Math.abs(area) < 1e-9) continue;
    for (let y = Math.floor(Math.min(ay, by, cy)); y <= Math.max(ay, by, cy); y++) {
      for (let x = Math.floor(Math.min(ax, bx, cx)); x <= Math.max(ax, bx, cx); x++) {
        const px = x + 0.5;
        const py = y + 0.5;
        const weightB = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area;
        const weightC = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area;
        const weightA = 1 - weightB - weightC;
        if (Math.min(weightA, weightB, weightC) < -1e-6 || x < 0 || y < 0 || x >= size || y >= size) continue;
        raster.data[y * size + x] = Math.round(255 * (weightA * values[a] + weightB * values[b] + weightC * values[c]));
        isPainted[y * size + x] = 1;
      }
    }
  }
  for (let pass = 0; pass < BORDER_PIXELS; pass++) growByOnePixel(raster, isPainted, size);
  return raster;
}

/** Paints each empty pixel beside painted ones with their mean. */
function growByOnePixel(raster: Raster, isPainted: Uint8Array, size: number): void {
  const wasPainted = isPainted.slice();
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (wasPainted[y * size + x]) continue;
      let sum = 0;
      let count = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(size - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(size - 1, x + 1); i++) {
          if (!wasPainted[j * size + i]) continue;
          sum += raster.data[j * size + i];
          count++;
        }
      }
      if (count === 0) continue;
      raster.data[y * size + x] = Math.round(sum / count);
      isPainted[y * size + x] = 1;
    }
  }
}
