/**
 * Measures how much a sheet of cloth is pushed together in its plane: where it must lie in folds that are finer than its
 * mesh. Input: the places of its particles as the file models them and in each frame, metres. Output: by particle and
 * axis (`foldAxes`), the share by which the cloth is shorter along the axis than as modelled, 0 where it is taut.
 *
 * 1. Once: express each axis, projected into the plane of each triangle, by two sides of the triangle.
 * 2. In each frame: the same sum of the sides as they are now gives the axis's length now, and its shortening.
 * 3. By particle, the mean of the triangles around it, by area, low-pass filtered over time.
 */
import { FOLD_AXES, foldAxes } from '../math/fold-axes.ts';

/** Time constant of the low-pass, seconds: folds neither flicker nor lag visibly behind a movement. */
const TIME_CONSTANT_SECONDS = 0.15;
/** Coefficients by triangle and axis: of three products of its sides, and the sum without compression. */
const STRIDE = 4;
/** A triangle with a smaller double area has no directions, m². */
const MIN_DOUBLE_AREA = 1e-8;

/** The compression of one sheet of cloth. */
export class Compression {
  /** FOLD_AXES × particles: share by which the cloth is shorter than as modelled; below 0 where it is longer. */
  readonly shares: Float32Array;
  readonly #triangles: ArrayLike<number>;
  /** STRIDE × FOLD_AXES × triangles. */
  readonly #coefficients: Float32Array;
  /** FOLD_AXES × particles: 1 / (sum of the weights around the particle), 0 where no triangle has the axis. */
  readonly #perWeight: Float32Array;
  /** Scratch, FOLD_AXES × particles: the mean of this frame. */
  readonly #sums: Float32Array;

  /**
   * @param triangles 3 × triangles: particles.
   * @param modelled 3 × particles: places of the sheet as modelled, metres.
   */
  constructor(triangles: ArrayLike<number>, modelled: ArrayLike<number>) {
    const count = FOLD_AXES * (modelled.length / 3);
    this.#triangles = triangles;
    this.#coefficients = new Float32Array((STRIDE * FOLD_AXES * triangles.length) / 3);
    this.#perWeight = new Float32Array(count);
    this.#sums = new Float32Array(count);
    this.shares = new Float32Array(count);
    for (let t = 0; t < triangles.length; t += 3) this.#prepare(t, modelled);
    for (let i = 0; i < count; i++) if (this.#perWeight[i] > 0) this.#perWeight[i] = 1 / this.#perWeight[i];
  }

  /**
   * Steps 2 and 3. Allocates nothing.
   *
   * @param positions 4 × particles: x, y, z (metres) and 1.
   * @param scale by how much the cloth is larger than modelled.
   * @param seconds time since the last call; Infinity starts anew.
   */
  measure(positions: ArrayLike<number>, scale: number, seconds: number): void {
    const triangles = this.#triangles;
    const m = this.#coefficients;
    const sums = this.#sums.fill(0);
    const perSquare = 1 / (scale * scale);
    for (let t = 0, c = 0; t < triangles.length; t += 3) {
      const a = 4 * triangles[t];
      const b = 4 * triangles[t + 1];
      const d = 4 * triangles[t + 2];
      const ux = positions[b] - positions[a];
      const uy = positions[b + 1] - positions[a + 1];
      const uz = positions[b + 2] - positions[a + 2];
      const vx = positions[d] - positions[a];
      const vy = positions[d + 1] - positions[a + 1];
      const vz = positions[d + 2] - positions[a + 2];
      const uu = perSquare * (ux * ux + uy * uy + uz * uz);
      const uv = perSquare * (ux * vx + uy * vy + uz * vz);
      const vv = perSquare * (vx * vx + vy * vy + vz * vz);
      const sa = FOLD_AXES * triangles[t];
      const sb = FOLD_AXES * triangles[t + 1];
      const sd = FOLD_AXES * triangles[t + 2];
      for (let k = 0; k < FOLD_AXES; k++, c += STRIDE) {
        const share = m[c + 3] - m[c] * uu - m[c + 1] * uv - m[c + 2] * vv;
        sums[sa + k] += share;
        sums[sb + k] += share;
        sums[sd + k] += share;
      }
    }
    const { shares } = this;
    const perWeight = this.#perWeight;
    const blend = 1 - Math.exp(-seconds / TIME_CONSTANT_SECONDS);
    for (let i = 0; i < shares.length; i++) shares[i] += blend * (sums[i] * perWeight[i] - shares[i]);
  }

  /** Step 1, for the triangle at `t`. */
  #prepare(t: number, p: ArrayLike<number>): void {
    const [a, b, d] = [0, 1, 2].map((k) => 3 * this.#triangles[t + k]);
    const u = [0, 1, 2].map((k) => p[b + k] - p[a + k]);
    const v = [0, 1, 2].map((k) => p[d + k] - p[a + k]);
    const dot = (x: readonly number[], y: readonly number[]): number => x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
    const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)];
    const determinant = uu * vv - uv * uv;
    if (determinant < MIN_DOUBLE_AREA * MIN_DOUBLE_AREA) return;
    for (let k = 0; k < FOLD_AXES; k++) {
      const axis = foldAxes.slice(3 * k, 3 * k + 3);
      const [alongU, alongV] = [dot(axis, u), dot(axis, v)];
      // The axis's projection is α · u + β · v.
      const alpha = (alongU * vv - alongV * uv) / determinant;
      const beta = (alongV * uu - alongU * uv) / determinant;
      const square = alpha * alongU + beta * alongV;
      const area = Math.sqrt(determinant);
      // The squared length is measured, so a small shortening is half of what the square loses.
      const c = (STRIDE * FOLD_AXES * t) / 3 + STRIDE * k;
      this.#coefficients[c] = (area * alpha * alpha) / 2;
      this.#coefficients[c + 1] = area * alpha * beta;
      this.#coefficients[c + 2] = (area * beta * beta) / 2;
      this.#coefficients[c + 3] = (area * square) / 2;
      for (const corner of [a, b, d]) this.#perWeight[2 * corner + k] += area * square;
    }
  }
}
