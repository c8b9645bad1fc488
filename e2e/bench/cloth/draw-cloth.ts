/**
 * Draws shaded meshes in parallel projection, on the CPU, into one cell of a contact sheet.
 *
 * 1. Turn the vertices about the vertical and project them to pixels.
 * 2. Light each vertex by its normal; the inside of cloth is dark.
 * 3. Fill the triangles, the nearest last (depth buffer).
 */
import { createRaster, type Raster } from '../../../tools/raster/encode-png.ts';

/** Size of a cell, pixels. */
export const CELL = { width: 330, height: 480 };

/** A mesh to draw. */
export interface DrawnMesh {
  /** 3 × vertices, metres, +y up. */
  positions: ArrayLike<number>;
  /** 3 × vertices, unit length, outwards. */
  normals: ArrayLike<number>;
  /** 3 × triangles. */
  indices: ArrayLike<number>;
  /** Red, green and blue, 0..255. */
  color: readonly [number, number, number];
  /** By how much the mesh lies behind where it is, metres: cloth that dips into the skin is seen nonetheless. */
  setbackMetres: number;
}

/** From where a cell is seen. */
export interface ClothView {
  /** The camera's place about the vertical, degrees: 0 sees the front, 90 the body's left side. */
  degrees: number;
  /** Height of the middle, and height of the cell, metres. */
  middle: number;
  span: number;
}

/** Unit vector to the light, in the space of the picture: +x right, +y up, +z to the camera. */
const LIGHT = [-0.45, 0.6, 0.66];
/** Brightness of shade, and of the inside of cloth. */
const SHADE = 0.25;
const INSIDE = 0.15;
const BACKGROUND = 60;

/** Draws the meshes (steps above). Returns the picture of one cell. */
export function drawCloth(meshes: readonly DrawnMesh[], { degrees, middle, span }: ClothView): Raster {
  const { width, height } = CELL;
  const picture = createRaster(width, height, 3, BACKGROUND);
  const depth = new Float32Array(width * height).fill(Infinity);
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const scale = height / span;
  for (const { positions, normals, indices, color, setbackMetres } of meshes) {
    const points = new Float64Array(positions.length);
    const lights = new Float64Array(positions.length / 3);
    for (let o = 0; o < positions.length; o += 3) {
      const [x, y, z] = [positions[o], positions[o + 1], positions[o + 2]];
      points[o] = width / 2 + scale * (c * x - s * z);
      points[o + 1] = height / 2 - scale * (y - middle);
      points[o + 2] = setbackMetres - (s * x + c * z);
      const facing = s * normals[o] + c * normals[o + 2];
      const lit = LIGHT[0] * (c * normals[o] - s * normals[o + 2]) + LIGHT[1] * normals[o + 1] + LIGHT[2] * facing;
      lights[o / 3] = facing < 0 ? INSIDE : SHADE + (1 - SHADE) * Math.max(0, lit);
    }
    for (let t = 0; t < indices.length; t += 3)
      fill([3 * indices[t], 3 * indices[t + 1], 3 * indices[t + 2]], { points, lights, color, depth, picture });
  }
  return picture;
}

/** Step 3, for one triangle; `corners`: where its vertices are in `points`. */
function fill(
  [a, b, d]: readonly number[],
  {
    points: p,
    lights,
    color,
    depth,
    picture: { width, height, data },
  }: {
    points: Float64Array;
    lights: Float64Array;
    color: readonly number[];
    depth: Float32Array;
    picture: Raster;
  },
): void {
  const area = (p[b] - p[a]) * (p[d + 1] - p[a + 1]) - (p[d] - p[a]) * (p[b + 1] - p[a + 1]);
  if (area === 0) return;
  const fromX = Math.max(0, Math.ceil(Math.min(p[a], p[b], p[d]) - 0.5));
  const toX = Math.min(width - 1, Math.floor(Math.max(p[a], p[b], p[d]) - 0.5));
  const fromY = Math.max(0, Math.ceil(Math.min(p[a + 1], p[b + 1], p[d + 1]) - 0.5));
  const toY = Math.min(height - 1, Math.floor(Math.max(p[a + 1], p[b + 1], p[d + 1]) - 0.5));
  for (let row = fromY; row <= toY; row++)
    for (let column = fromX; column <= toX; column++) {
      const [x, y] = [column + 0.5, row + 0.5];
      const u = ((p[b] - x) * (p[d + 1] - y) - (p[d] - x) * (p[b + 1] - y)) / area;
      const v = ((p[d] - x) * (p[a + 1] - y) - (p[a] - x) * (p[d + 1] - y)) / area;
      const w = 1 - u - v;
      if (u < 0 || v < 0 || w < 0) continue;
      const z = u * p[a + 2] + v * p[b + 2] + w * p[d + 2];
      const pixel = row * width + column;
      if (z >= depth[pixel]) continue;
      depth[pixel] = z;
      const light = u * lights[a / 3] + v * lights[b / 3] + w * lights[d / 3];
      for (let k = 0; k < 3; k++) data[3 * pixel + k] = Math.min(255, color[k] * light);
    }
}
