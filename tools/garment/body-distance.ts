import { TriangleTree } from './triangle-tree.ts';

/** Edge of a cell of the distance grid, metres: trilinear interpolation over 6 mm is off by under 0.3 mm on a limb of 4 cm radius. */
const cell = 0.006;
/** Distances are exact this near to the surface; cloth is never pushed from deeper than it can fall in a step. */
const band = 0.02;

/** Signed distance to a closed body on a grid, metres, negative inside. */
export class BodyDistance {
  readonly tree: TriangleTree;
  /** Corner normals, angle weighted. */
  readonly normals: Float64Array;
  private readonly origin: [number, number, number];
  private readonly size: [number, number, number];
  private readonly values: Float32Array;

  /** `box`: the part of space that cloth can reach, minimum then maximum. */
  constructor(positions: ArrayLike<number>, indices: ArrayLike<number>, box: readonly number[]) {
    this.tree = new TriangleTree(positions, indices);
    this.normals = surfaceNormals(positions, indices);
    this.origin = [box[0], box[1], box[2]];
    this.size = [0, 1, 2].map((a) => Math.ceil((box[a + 3] - box[a]) / cell) + 1) as [number, number, number];
    const [nx, ny, nz] = this.size;
    this.values = new Float32Array(nx * ny * nz).fill(NaN);
    this.fillBand();
    this.spread();
  }

  private fillBand(): void {
    const { tree, size, origin, values } = this;
    const [nx, ny] = size;
    const low = [0, 0, 0],
      high = [0, 0, 0];
    const near = new Uint8Array(values.length);
    for (let t = 0; t < tree.indices.length; t += 3) {
      for (let a = 0; a < 3; a++) {
        const p = [0, 1, 2].map((k) => tree.positions[3 * tree.indices[t + k] + a]);
        low[a] = Math.max(0, Math.floor((Math.min(...p) - band - origin[a]) / cell));
        high[a] = Math.min(size[a] - 1, Math.ceil((Math.max(...p) + band - origin[a]) / cell));
      }
      for (let k = low[2]; k <= high[2]; k++)
        for (let j = low[1]; j <= high[1]; j++)
          near.fill(1, low[0] + nx * (j + ny * k), Math.max(low[0], high[0] + 1) + nx * (j + ny * k));
    }
    for (let i = 0; i < near.length; i++) {
      if (!near[i]) continue;
      const x = origin[0] + cell * (i % nx),
        y = origin[1] + cell * (Math.floor(i / nx) % ny),
        z = origin[2] + cell * Math.floor(i / (nx * ny));
      const signed = this.exact(x, y, z, band * 1.5);
      if (signed !== null) values[i] = signed;
    }
  }

  /** The exact signed distance, or null when farther than `limit`. */
  exact(x: number, y: number, z: number, limit = Infinity): number | null {
    const hit = this.tree.nearest(x, y, z, limit);
    if (!hit) return null;
    const { positions, indices } = this.tree;
    let side = 0;
    for (let a = 0; a < 3; a++) {
      let point = 0,
        normal = 0;
      for (let k = 0; k < 3; k++) {
        const v = 3 * indices[3 * hit.triangle + k] + a;
        point += hit.weights[k] * positions[v];
        normal += hit.weights[k] * this.normals[v];
      }
      side += ((a === 0 ? x : a === 1 ? y : z) - point) * normal;
    }
    return side < 0 ? -hit.distance : hit.distance;
  }

  /** Gives cells beyond the band an approximate distance, by sweeping the grid to and fro until each has a neighbour to go by. */
  private spread(): void {
    const { values, size } = this;
    const [nx, ny, nz] = size;
    for (let pass = 0; pass < 4; pass++) {
      const back = pass % 2 === 1;
      for (let n = 0; n < values.length; n++) {
        const i = back ? values.length - 1 - n : n;
        const x = i % nx,
          y = Math.floor(i / nx) % ny,
          z = Math.floor(i / (nx * ny));
        if (Math.abs(values[i]) <= band) continue;
        for (const [inside, j] of [
          [back ? x + 1 < nx : x > 0, 1],
          [back ? y + 1 < ny : y > 0, nx],
          [back ? z + 1 < nz : z > 0, nx * ny],
        ] as const) {
          if (!inside) continue;
          const other = values[back ? i + j : i - j];
          if (Number.isNaN(other)) continue;
          const value = other + Math.sign(other) * cell;
          if (Number.isNaN(values[i]) || Math.abs(value) < Math.abs(values[i])) values[i] = value;
        }
      }
    }
  }

  /** Signed distance at a point; the unit gradient goes into `gradient`. Far away outside the grid it is large. */
  sample(x: number, y: number, z: number, gradient: Float64Array): number {
    const [nx, ny, nz] = this.size;
    const fx = (x - this.origin[0]) / cell,
      fy = (y - this.origin[1]) / cell,
      fz = (z - this.origin[2]) / cell;
    const i = Math.floor(fx),
      j = Math.floor(fy),
      k = Math.floor(fz);
    if (!(i >= 0 && j >= 0 && k >= 0 && i < nx - 1 && j < ny - 1 && k < nz - 1)) return 1;
    const u = fx - i,
      v = fy - j,
      w = fz - k,
      at = i + nx * (j + ny * k),
      d = this.values,
      sy = nx,
      sz = nx * ny;
    const a00 = d[at],
      a10 = d[at + 1],
      a01 = d[at + sy],
      a11 = d[at + sy + 1];
    const b00 = d[at + sz],
      b10 = d[at + sz + 1],
      b01 = d[at + sz + sy],
      b11 = d[at + sz + sy + 1];
    const x00 = a00 + u * (a10 - a00),
      x01 = a01 + u * (a11 - a01),
      x10 = b00 + u * (b10 - b00),
      x11 = b01 + u * (b11 - b01);
    const y0 = x00 + v * (x01 - x00),
      y1 = x10 + v * (x11 - x10);
    let gx = (1 - w) * ((1 - v) * (a10 - a00) + v * (a11 - a01)) + w * ((1 - v) * (b10 - b00) + v * (b11 - b01));
    let gy = (1 - w) * (x01 - x00) + w * (x11 - x10),
      gz = y1 - y0;
    const length = Math.hypot(gx, gy, gz) || 1;
    gx /= length;
    gy /= length;
    gz /= length;
    gradient[0] = gx;
    gradient[1] = gy;
    gradient[2] = gz;
    return y0 + w * (y1 - y0);
  }
}

/** Unit normals at the corners of a surface, weighted by the angles of its triangles. */
export function surfaceNormals(positions: ArrayLike<number>, indices: ArrayLike<number>): Float64Array {
  const normals = new Float64Array(positions.length);
  for (let t = 0; t < indices.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const a = 3 * indices[t + k],
        b = 3 * indices[t + ((k + 1) % 3)],
        c = 3 * indices[t + ((k + 2) % 3)];
      const ux = positions[b] - positions[a],
        uy = positions[b + 1] - positions[a + 1],
        uz = positions[b + 2] - positions[a + 2];
      const vx = positions[c] - positions[a],
        vy = positions[c + 1] - positions[a + 1],
        vz = positions[c + 2] - positions[a + 2];
      const nx = uy * vz - uz * vy,
        ny = uz * vx - ux * vz,
        nz = ux * vy - uy * vx,
        n = Math.hypot(nx, ny, nz);
      if (n === 0) continue;
      const angle = Math.atan2(n, ux * vx + uy * vy + uz * vz);
      normals[a] += (nx / n) * angle;
      normals[a + 1] += (ny / n) * angle;
      normals[a + 2] += (nz / n) * angle;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const n = Math.hypot(normals[i], normals[i + 1], normals[i + 2]) || 1;
    normals[i] /= n;
    normals[i + 1] /= n;
    normals[i + 2] /= n;
  }
  return normals;
}
