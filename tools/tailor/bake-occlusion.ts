import { Vector3 } from 'three';
import { Surface } from './surface.ts';

/** Rays for each vertex. Together with one pass of smoothing over the mesh, the noise stays under 2 %. */
const RAYS = 64;
/** Longest distance at which cloth and body cast shade, metres. With more, shade in a lit room looks like a hole. */
const REACH_METRES = 0.12;
/** Light in the darkest place: thin cloth lets some through, and walls send some back. */
const DARKEST = 0.3;
/** Distance from the cloth at which rays start, metres. */
const START_METRES = 0.0012;
/** Angle between one ray and the next about the normal, radians: it spreads them evenly. */
const GOLDEN_ANGLE = 2.399963229728653;

/** The garment to shade, and what casts shade on it besides itself. */
export interface OcclusionOptions {
  /** The garment: 3 × vertices, metres; unit normals, 3 × vertices; 3 × triangles. */
  positions: ArrayLike<number>;
  normals: ArrayLike<number>;
  indices: ArrayLike<number>;
  /** The skin of the mannequin, in the same space. */
  body: Surface;
  /**
   * From this vertex on, vertices are the insides and lips of collar and hems. They are seen only where no body is in
   * front of them, so the body casts no shade on them.
   */
  firstInside: number;
}

/**
 * Computes the ambient light at each vertex of the garment, 0.3 (darkest) to 1 (unshaded), by cosine-weighted rays
 * against the garment and the body. A hit darkens less the farther away it is.
 */
export function bakeOcclusion({ positions, normals, indices, body, firstInside }: OcclusionOptions): Float32Array {
  const cloth = new Surface(positions, indices);
  const light = new Float32Array(positions.length / 3);
  for (let i = 0; i < light.length; i++) {
    const [nx, ny, nz] = [0, 1, 2].map((k) => normals[3 * i + k]);
    const [ox, oy, oz] = [0, 1, 2].map((k) => positions[3 * i + k] + START_METRES * normals[3 * i + k]);
    origin.set(ox, oy, oz);
    // Two directions across the normal (Duff et al. 2017).
    const sign = nz < 0 ? -1 : 1;
    const a = -1 / (sign + nz);
    const b = nx * ny * a;
    const t = [1 + sign * nx * nx * a, sign * b, -sign * nx];
    const s = [b, sign + ny * ny * a, -ny];
    let sum = 0;
    for (let ray = 0; ray < RAYS; ray++) {
      const radius = Math.sqrt((ray + 0.5) / RAYS);
      const angle = ray * GOLDEN_ANGLE;
      const x = radius * Math.cos(angle);
      const y = radius * Math.sin(angle);
      const z = Math.sqrt(1 - radius * radius);
      direction.set(x * t[0] + y * s[0] + z * nx, x * t[1] + y * s[1] + z * ny, x * t[2] + y * s[2] + z * nz);
      const toBody = i < firstInside ? body.raycast(origin, direction, REACH_METRES) : Infinity;
      const distance = Math.min(cloth.raycast(origin, direction, REACH_METRES), toBody);
      sum += distance === Infinity ? 1 : (distance / REACH_METRES) ** 1.5;
    }
    light[i] = DARKEST + (1 - DARKEST) * (sum / RAYS) ** 0.8;
  }
  return smoothOver(light, indices);
}

/** Scratch. */
const origin = new Vector3();
const direction = new Vector3();

/** Returns the mean of the values of each vertex and its neighbours. */
function smoothOver(values: Float32Array, indices: ArrayLike<number>): Float32Array {
  const sums = values.slice();
  const counts = new Float32Array(values.length).fill(1);
  for (let t = 0; t < indices.length; t++) {
    const a = indices[t];
    const b = indices[t % 3 === 2 ? t - 2 : t + 1];
    sums[a] += values[b];
    counts[a]++;
  }
  return sums.map((value, i) => value / counts[i]);
}
