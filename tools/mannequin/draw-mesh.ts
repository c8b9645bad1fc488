import type { Raster } from '../raster/encode-png.ts';

/** An orthographic view of a mesh, and the tile of a picture that it fills. */
export interface View {
  /** Direction of view, degrees about y: 0 shows the front, 90 the body's left side. */
  turnDegrees: number;
  /** Point in the middle of the tile, metres: +x to the body's left, +y up, +z to its front. */
  centre: readonly [number, number, number];
  /** Height that the tile shows, metres. */
  heightMetres: number;
}

/** A rectangle of a picture, pixels, origin top left. */
export interface Tile {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Positions (metres) and unit normals, 3 × vertices each; indices, 3 × triangles, anticlockwise from outside. */
export interface Mesh {
  positions: ArrayLike<number>;
  normals: ArrayLike<number>;
  indices: ArrayLike<number>;
}

/**
 * Draws a mesh orthographically into a tile of an RGB picture, lit from the upper left, with a depth buffer and smooth
 * shading. Triangles seen from behind are red: they show that the skin has a hole. `wire` darkens the edges of the
 * triangles. Changes `picture`.
 */
export function drawMesh(
  picture: Raster,
  mesh: Mesh,
  view: View,
  { left, top, width, height, wire = false }: Tile & { wire?: boolean },
): void {
  const depth = new Float32Array(width * height).fill(-Infinity);
  const cos = Math.cos((view.turnDegrees * Math.PI) / 180);
  const sin = Math.sin((view.turnDegrees * Math.PI) / 180);
  const scale = height / view.heightMetres;
  const count = mesh.positions.length / 3;
  const px = new Float32Array(count);
  const py = new Float32Array(count);
  const pz = new Float32Array(count);
  const light = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    const x = mesh.positions[3 * v]! - view.centre[0];
    const y = mesh.positions[3 * v + 1]! - view.centre[1];
    const z = mesh.positions[3 * v + 2]! - view.centre[2];
    px[v] = width / 2 + (cos * x - sin * z) * scale;
    py[v] = height / 2 - y * scale;
    pz[v] = sin * x + cos * z;
    const nx = cos * mesh.normals[3 * v]! - sin * mesh.normals[3 * v + 2]!;
    const ny = mesh.normals[3 * v + 1]!;
    const nz = sin * mesh.normals[3 * v]! + cos * mesh.normals[3 * v + 2]!;
    const key = Math.max(0, -0.5 * nx + 0.6 * ny + 0.62 * nz);
    light[v] = 0.24 + 0.16 * (0.5 + 0.5 * ny) + 0.5 * key + 0.1 * Math.max(0, 0.9 * nx + 0.3 * nz);
  }
  for (let f = 0; f < mesh.indices.length; f += 3) {
    const i = mesh.indices[f]!;
    const j = mesh.indices[f + 1]!;
    const k = mesh.indices[f + 2]!;
    const area = (px[j]! - px[i]!) * (py[k]! - py[i]!) - (px[k]! - px[i]!) * (py[j]! - py[i]!);
    const isBack = area >= 0;
    const x0 = Math.max(0, Math.floor(Math.min(px[i]!, px[j]!, px[k]!)));
    const x1 = Math.min(width - 1, Math.ceil(Math.max(px[i]!, px[j]!, px[k]!)));
    const y0 = Math.max(0, Math.floor(Math.min(py[i]!, py[j]!, py[k]!)));
    const y1 = Math.min(height - 1, Math.ceil(Math.max(py[i]!, py[j]!, py[k]!)));
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) {
        const a = ((px[j]! - x) * (py[k]! - y) - (px[k]! - x) * (py[j]! - y)) / area;
        const b = ((px[k]! - x) * (py[i]! - y) - (px[i]! - x) * (py[k]! - y)) / area;
        const g = 1 - a - b;
        if (a < 0 || b < 0 || g < 0) continue;
        const z = a * pz[i]! + b * pz[j]! + g * pz[k]!;
        if (z <= depth[y * width + x]!) continue;
        depth[y * width + x] = z;
        let brightness = a * light[i]! + b * light[j]! + g * light[k]!;
        if (wire && Math.min(a, b, g) < 0.06) brightness *= 0.6;
        const pixel = 3 * ((top + y) * picture.width + left + x);
        const shade = Math.min(1, brightness);
        picture.data[pixel] = isBack ? 220 : 245 * shade;
        picture.data[pixel + 1] = isBack ? 30 : 236 * shade;
        picture.data[pixel + 2] = isBack ? 30 : 226 * shade;
      }
  }
}
