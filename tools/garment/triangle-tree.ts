/** The nearest place on a surface: which triangle, where in it (barycentric), how far away. */
export interface Nearest {
  triangle: number;
  /** Barycentric weights of the triangle's corners. */
  weights: [number, number, number];
  /** Metres. */
  distance: number;
}

/** A bounding-volume tree over triangles, for nearest points and for rays. Leaves hold up to four triangles. */
export class TriangleTree {
  readonly positions: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  /** Triangle ids in leaf order. */
  private readonly order: Int32Array;
  /** Six numbers a node: minimum, maximum. */
  private readonly boxes: Float64Array;
  /** Per node: first triangle of a leaf, or −1 − (index of the right child); the left child follows its parent. */
  private readonly links: Int32Array;
  private readonly counts: Int32Array;
  private nodes = 0;

  constructor(positions: ArrayLike<number>, indices: ArrayLike<number>) {
    this.positions = positions;
    this.indices = indices;
    const count = indices.length / 3;
    this.order = Int32Array.from({ length: count }, (_, i) => i);
    this.boxes = new Float64Array(12 * count);
    this.links = new Int32Array(2 * count);
    this.counts = new Int32Array(2 * count);
    const centres = new Float64Array(3 * count);
    for (let t = 0; t < count; t++) {
      for (let k = 0; k < 3; k++)
        for (let a = 0; a < 3; a++) centres[3 * t + a] += positions[3 * indices[3 * t + k] + a] / 3;
    }
    if (count > 0) this.build(centres, 0, count);
  }

  private build(centres: Float64Array, start: number, end: number): number {
    const node = this.nodes++;
    const { boxes, order, positions, indices } = this;
    for (let a = 0; a < 3; a++) {
      boxes[6 * node + a] = Infinity;
      boxes[6 * node + 3 + a] = -Infinity;
    }
    for (let i = start; i < end; i++) {
      for (let k = 0; k < 3; k++) {
        for (let a = 0; a < 3; a++) {
          const value = positions[3 * indices[3 * order[i] + k] + a];
          if (value < boxes[6 * node + a]) boxes[6 * node + a] = value;
          if (value > boxes[6 * node + 3 + a]) boxes[6 * node + 3 + a] = value;
        }
      }
    }
    if (end - start <= 4) {
      this.links[node] = start;
      this.counts[node] = end - start;
      return node;
    }
    let axis = 0;
    for (let a = 1; a < 3; a++) {
      if (boxes[6 * node + 3 + a] - boxes[6 * node + a] > boxes[6 * node + 3 + axis] - boxes[6 * node + axis]) axis = a;
    }
    order.subarray(start, end).sort((p, q) => centres[3 * p + axis] - centres[3 * q + axis] || p - q);
    const middle = (start + end) >> 1;
    this.build(centres, start, middle);
    this.links[node] = -1 - this.build(centres, middle, end);
    return node;
  }

  /** The nearest place on the surface, or null when there is none within `limit`. `accept` can leave triangles out. */
  nearest(x: number, y: number, z: number, limit = Infinity, accept?: (triangle: number) => boolean): Nearest | null {
    const best: Nearest = { triangle: -1, weights: [0, 0, 0], distance: limit };
    if (this.nodes > 0) this.nearestIn(0, x, y, z, best, accept);
    return best.triangle < 0 ? null : best;
  }

  private boxDistance(node: number, x: number, y: number, z: number): number {
    const b = this.boxes,
      o = 6 * node;
    const dx = Math.max(b[o] - x, 0, x - b[o + 3]),
      dy = Math.max(b[o + 1] - y, 0, y - b[o + 4]),
      dz = Math.max(b[o + 2] - z, 0, z - b[o + 5]);
    return Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  private nearestIn(
    node: number,
    x: number,
    y: number,
    z: number,
    best: Nearest,
    accept?: (triangle: number) => boolean,
  ): void {
    const link = this.links[node];
    if (this.counts[node] > 0) {
      for (let i = link; i < link + this.counts[node]; i++) {
        const t = this.order[i];
        if (accept && !accept(t)) continue;
        closestOnTriangle(
          this.positions,
          this.indices[3 * t],
          this.indices[3 * t + 1],
          this.indices[3 * t + 2],
          x,
          y,
          z,
          found,
        );
        if (found.distance < best.distance) {
          best.distance = found.distance;
          best.triangle = t;
          best.weights = [...found.weights];
        }
      }
      return;
    }
    const left = node + 1,
      right = -1 - link;
    const dl = this.boxDistance(left, x, y, z),
      dr = this.boxDistance(right, x, y, z);
    const [near, far, dNear, dFar] = dl < dr ? [left, right, dl, dr] : [right, left, dr, dl];
    if (dNear < best.distance) this.nearestIn(near, x, y, z, best, accept);
    if (dFar < best.distance) this.nearestIn(far, x, y, z, best, accept);
  }

  /** Distance along a unit ray to the first triangle hit, or Infinity. */
  raycast(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number, limit: number): number {
    let best = limit,
      top = 0;
    stack[top++] = 0;
    while (top > 0) {
      const node = stack[--top],
        b = this.boxes,
        o = 6 * node;
      const x1 = (b[o] - ox) / dx,
        x2 = (b[o + 3] - ox) / dx,
        y1 = (b[o + 1] - oy) / dy,
        y2 = (b[o + 4] - oy) / dy;
      const z1 = (b[o + 2] - oz) / dz,
        z2 = (b[o + 5] - oz) / dz;
      const near = Math.max(Math.min(x1, x2), Math.min(y1, y2), Math.min(z1, z2)),
        far = Math.min(Math.max(x1, x2), Math.max(y1, y2), Math.max(z1, z2));
      if (far < 0 || near > far || near > best) continue;
      const link = this.links[node];
      if (this.counts[node] === 0) {
        stack[top++] = node + 1;
        stack[top++] = -1 - link;
        continue;
      }
      for (let i = link; i < link + this.counts[node]; i++)
        best = Math.min(best, this.hit(this.order[i], ox, oy, oz, dx, dy, dz));
    }
    return best < limit ? best : Infinity;
  }

  /** Möller–Trumbore, both faces. */
  private hit(t: number, ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): number {
    const p = this.positions,
      a = 3 * this.indices[3 * t],
      b = 3 * this.indices[3 * t + 1],
      c = 3 * this.indices[3 * t + 2];
    const ux = p[b] - p[a],
      uy = p[b + 1] - p[a + 1],
      uz = p[b + 2] - p[a + 2];
    const vx = p[c] - p[a],
      vy = p[c + 1] - p[a + 1],
      vz = p[c + 2] - p[a + 2];
    const hx = dy * vz - dz * vy,
      hy = dz * vx - dx * vz,
      hz = dx * vy - dy * vx;
    const det = ux * hx + uy * hy + uz * hz;
    if (Math.abs(det) < 1e-14) return Infinity;
    const sx = ox - p[a],
      sy = oy - p[a + 1],
      sz = oz - p[a + 2];
    const u = (sx * hx + sy * hy + sz * hz) / det;
    if (u < 0 || u > 1) return Infinity;
    const qx = sy * uz - sz * uy,
      qy = sz * ux - sx * uz,
      qz = sx * uy - sy * ux;
    const v = (dx * qx + dy * qy + dz * qz) / det;
    if (v < 0 || u + v > 1) return Infinity;
    const distance = (vx * qx + vy * qy + vz * qz) / det;
    return distance > 1e-6 ? distance : Infinity;
  }
}

/** Scratch. */
const stack = new Int32Array(256);
const found: Nearest = { triangle: -1, weights: [0, 0, 0], distance: 0 };

/** The closest point of a triangle, by the regions of its corners, sides and face (Ericson, Real-Time Collision Detection, 5.1.5). */
function closestOnTriangle(
  p: ArrayLike<number>,
  a: number,
  b: number,
  c: number,
  x: number,
  y: number,
  z: number,
  target: Nearest,
): void {
  const ax = p[3 * a],
    ay = p[3 * a + 1],
    az = p[3 * a + 2];
  const ux = p[3 * b] - ax,
    uy = p[3 * b + 1] - ay,
    uz = p[3 * b + 2] - az;
  const vx = p[3 * c] - ax,
    vy = p[3 * c + 1] - ay,
    vz = p[3 * c + 2] - az;
  const wx = x - ax,
    wy = y - ay,
    wz = z - az;
  const uu = ux * ux + uy * uy + uz * uz,
    vv = vx * vx + vy * vy + vz * vz,
    uv = ux * vx + uy * vy + uz * vz;
  const d1 = ux * wx + uy * wy + uz * wz,
    d2 = vx * wx + vy * wy + vz * wz;
  const d3 = d1 - uu,
    d4 = d2 - uv,
    d5 = d1 - uv,
    d6 = d2 - vv;
  const va = d3 * d6 - d5 * d4,
    vb = d5 * d2 - d1 * d6,
    vc = d1 * d4 - d3 * d2;
  let s: number, t: number; // along ab, along ac
  if (d1 <= 0 && d2 <= 0) [s, t] = [0, 0];
  else if (d3 >= 0 && d4 <= d3) [s, t] = [1, 0];
  else if (d6 >= 0 && d5 <= d6) [s, t] = [0, 1];
  else if (vc <= 0 && d1 >= 0 && d3 <= 0) [s, t] = [d1 / (d1 - d3), 0];
  else if (vb <= 0 && d2 >= 0 && d6 <= 0) [s, t] = [0, d2 / (d2 - d6)];
  else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
    t = (d4 - d3) / (d4 - d3 + (d5 - d6));
    s = 1 - t;
  } else {
    const sum = va + vb + vc;
    [s, t] = [vb / sum, vc / sum];
  }
  target.weights[0] = 1 - s - t;
  target.weights[1] = s;
  target.weights[2] = t;
  target.distance = Math.hypot(wx - s * ux - t * vx, wy - s * uy - t * vy, wz - s * uz - t * vz);
}
