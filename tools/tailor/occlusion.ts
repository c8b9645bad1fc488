import { Vector3 } from 'three';
import { createRaster, type Raster } from '../raster/encode-png.ts';
import { Surface } from './surface.ts';

/** Rays a vertex; with one pass of smoothing over the mesh the noise is under 2 %. */
const rays = 64;
/** Cloth farther than this casts no shade: a shirt is seen in rooms, not in holes. Metres. */
const reach = 0.12;

/** Light that still reaches the inside of a collar: thin cloth lets some through, and walls send some back. */
const darkest = 0.3;

/**
 * How open each vertex is to the light around it, 0..1: cosine-weighted rays against the shirt and the body, a hit counting
 * less the farther it is. Vertices from `turnedIn` on are the insides of collar and hems, which are seen only where no
 * body is before them: the body does not shade them.
 */
export function bakeOcclusion(
  positions: ArrayLike<number>,
  normals: ArrayLike<number>,
  indices: ArrayLike<number>,
  body: Surface,
  turnedIn: number,
): Float32Array {
  const cloth = new Surface(positions, indices);
  const open = new Float32Array(positions.length / 3);
  for (let i = 0; i < open.length; i++) {
    const [nx, ny, nz] = [0, 1, 2].map((k) => normals[3 * i + k]);
    const [ox, oy, oz] = [0, 1, 2].map((k) => positions[3 * i + k] + 0.0012 * normals[3 * i + k]);
    origin.set(ox, oy, oz);
    // A frame around the normal (Duff et al. 2017).
    const sign = nz < 0 ? -1 : 1,
      a = -1 / (sign + nz),
      b = nx * ny * a;
    const t = [1 + sign * nx * nx * a, sign * b, -sign * nx],
      s = [b, sign + ny * ny * a, -ny];
    let light = 0;
    for (let k = 0; k < rays; k++) {
      const r = Math.sqrt((k + 0.5) / rays),
        angle = k * 2.399963229728653; // golden angle
      const x = r * Math.cos(angle),
        y = r * Math.sin(angle),
        z = Math.sqrt(1 - r * r);
      const dx = x * t[0] + y * s[0] + z * nx,
        dy = x * t[1] + y * s[1] + z * ny,
        dz = x * t[2] + y * s[2] + z * nz;
      direction.set(dx, dy, dz);
      const toBody = i < turnedIn ? body.raycast(origin, direction, reach) : Infinity;
      const distance = Math.min(cloth.raycast(origin, direction, reach), toBody);
      light += distance === Infinity ? 1 : (distance / reach) ** 1.5;
    }
    open[i] = darkest + (1 - darkest) * (light / rays) ** 0.8;
  }
  return smoothOver(open, indices);
}

/** Scratch. */
const origin = new Vector3();
const direction = new Vector3();

function smoothOver(values: Float32Array, indices: ArrayLike<number>): Float32Array {
  const sum = values.slice(),
    count = new Float32Array(values.length).fill(1);
  for (let t = 0; t < indices.length; t++) {
    const a = indices[t],
      b = indices[t % 3 === 2 ? t - 2 : t + 1];
    sum[a] += values[b];
    count[a]++;
  }
  return sum.map((value, i) => value / count[i]);
}

/** Draws vertex values into a picture by texture coordinates, and lets them run over the pieces' borders. */
export function paintVertexValues(
  values: ArrayLike<number>,
  uvs: ArrayLike<number>,
  indices: ArrayLike<number>,
  size: number,
): Raster {
  const raster = createRaster(size, size, 1, 255),
    known = new Uint8Array(size * size);
  for (let t = 0; t < indices.length; t += 3) {
    const [a, b, c] = [indices[t], indices[t + 1], indices[t + 2]];
    const [ax, ay, bx, by, cx, cy] = [a, b, c].flatMap((i) => [uvs[2 * i] * size, uvs[2 * i + 1] * size]);
    const area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay);
    if (Math.abs(area) < 1e-9) continue;
    for (let y = Math.floor(Math.min(ay, by, cy)); y <= Math.max(ay, by, cy); y++) {
      for (let x = Math.floor(Math.min(ax, bx, cx)); x <= Math.max(ax, bx, cx); x++) {
        const px = x + 0.5,
          py = y + 0.5;
        const wb = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / area,
          wc = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / area,
          wa = 1 - wb - wc;
        if (Math.min(wa, wb, wc) < -1e-6 || x < 0 || y < 0 || x >= size || y >= size) continue;
        raster.data[y * size + x] = Math.round(255 * (wa * values[a] + wb * values[b] + wc * values[c]));
        known[y * size + x] = 1;
      }
    }
  }
  for (let pass = 0; pass < 4; pass++) spill(raster, known, size);
  return raster;
}

function spill(raster: Raster, known: Uint8Array, size: number): void {
  const before = known.slice();
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (before[y * size + x]) continue;
      let sum = 0,
        count = 0;
      for (let j = Math.max(0, y - 1); j <= Math.min(size - 1, y + 1); j++) {
        for (let i = Math.max(0, x - 1); i <= Math.min(size - 1, x + 1); i++) {
          if (!before[j * size + i]) continue;
          sum += raster.data[j * size + i];
          count++;
        }
      }
      if (count === 0) continue;
      raster.data[y * size + x] = Math.round(sum / count);
      known[y * size + x] = 1;
    }
  }
}
