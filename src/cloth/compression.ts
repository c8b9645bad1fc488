/**
 * Measures how much a sheet of cloth is pushed together in its plane: where it must lie in folds that are finer than its
 * mesh. Input: the places of its particles as the file models them and in each frame, and its lengths without tension,
 * metres. Output: by particle and axis (`foldAxes`), the share by which the cloth is shorter along the axis than without
 * tension, 0 where it is taut.
 *
 * 1. Once: express each axis, projected into the plane of each triangle, by two sides of the triangle.
 * 2. In each frame: the same sum of the sides as they are now gives the axis's length now, and its shortening.
 * 3. By particle, the mean of the triangles around it, by area, low-pass filtered over time.
 */
import { FOLD_AXES, FOLD_STRIDE, foldAxes } from '../math/fold-axes.ts';
import { createFoldsKernel, type FoldsKernel } from './create-folds-kernel.ts';

/** Time constant of the low-pass, seconds: folds neither flicker nor lag visibly behind a movement. */
const TIME_CONSTANT_SECONDS = 0.15;
/** A triangle with a smaller double area has no directions, m². */
const MIN_DOUBLE_AREA = 1e-8;

/** How to measure compression. */
export interface CompressionOptions {
  /** Has no sheet yet. Views of its memory are not valid afterwards. */
  kernel?: FoldsKernel;
  /** 3 × triangles, metres: lengths from corner 0 to 1, 1 to 2 and 2 to 0 without tension; null: as modelled. */
  restLengths?: ArrayLike<number> | null;
}

/** The compression of one sheet of cloth. Steps 2 and 3 run in WebAssembly (tools/kernels/folds.as.ts). */
export class Compression {
  /** FOLD_STRIDE × particles: share by which the cloth is shorter than without tension; below 0 where it is longer. */
  readonly shares: Float32Array;
  readonly #triangles: ArrayLike<number>;
  readonly #kernel: FoldsKernel;
  /** The kernel's memory: 4 × FOLD_STRIDE × triangles, FOLD_STRIDE × particles, and 4 × particles. */
  readonly #coefficients: Float32Array;
  readonly #perWeights: Float32Array;
  readonly #positions: Float32Array;

  /**
   * @param triangles 3 × triangles: particles.
   * @param modelled 3 × particles: places of the sheet as modelled, metres.
   */
  constructor(
    triangles: ArrayLike<number>,
    modelled: ArrayLike<number>,
    { kernel = createFoldsKernel(), restLengths = null }: CompressionOptions = {},
  ) {
    const count = modelled.length / 3;
    kernel.reserveSheet(count, triangles.length / 3);
    const { buffer } = kernel.memory;
    new Int32Array(buffer, kernel.triangles.value, triangles.length).set(triangles);
    kernel.countTriangles();
    this.#triangles = triangles;
    this.#kernel = kernel;
    this.#coefficients = new Float32Array(buffer, kernel.coefficients.value, (4 * FOLD_STRIDE * triangles.length) / 3);
    this.#perWeights = new Float32Array(buffer, kernel.perWeights.value, FOLD_STRIDE * count);
    this.#positions = new Float32Array(buffer, kernel.positions.value, 4 * count);
    this.shares = new Float32Array(buffer, kernel.shares.value, FOLD_STRIDE * count);
    for (let t = 0; t < triangles.length; t += 3) this.#prepare(t, modelled, restLengths);
    const weights = this.#perWeights;
    for (let i = 0; i < weights.length; i++) if (weights[i] > 0) weights[i] = 1 / weights[i];
  }

  /**
   * Steps 2 and 3. Allocates nothing.
   *
   * @param positions 4 × particles: x, y, z (metres) and 1.
   * @param scale by how much the cloth is larger than modelled.
   * @param seconds time since the last call; Infinity starts anew.
   */
  measure(positions: ArrayLike<number>, scale: number, seconds: number): void {
    this.#positions.set(positions);
    this.#kernel.measureCompression(1 / (scale * scale), 1 - Math.exp(-seconds / TIME_CONSTANT_SECONDS));
  }

  /** Step 1, for the triangle at `t`. */
  #prepare(t: number, p: ArrayLike<number>, restLengths: ArrayLike<number> | null): void {
    const [a, b, d] = [0, 1, 2].map((k) => 3 * this.#triangles[t + k]);
    const u = [0, 1, 2].map((k) => p[b + k] - p[a + k]);
    const v = [0, 1, 2].map((k) => p[d + k] - p[a + k]);
    const dot = (x: readonly number[], y: readonly number[]): number => x[0] * y[0] + x[1] * y[1] + x[2] * y[2];
    const [uu, uv, vv] = [dot(u, u), dot(u, v), dot(v, v)];
    const determinant = uu * vv - uv * uv;
    if (determinant < MIN_DOUBLE_AREA * MIN_DOUBLE_AREA) return;
    const [first, opposite, last] = [0, 1, 2].map((k) => (restLengths ? restLengths[t + k] ** 2 : NaN));
    const rest = restLengths ? [first, (first + last - opposite) / 2, last] : [uu, uv, vv];
    for (let k = 0; k < FOLD_AXES; k++) {
      const axis = foldAxes.slice(3 * k, 3 * k + 3);
      const [alongU, alongV] = [dot(axis, u), dot(axis, v)];
      // The axis's projection is α · u + β · v.
      const alpha = (alongU * vv - alongV * uv) / determinant;
      const beta = (alongV * uu - alongU * uv) / determinant;
      const square = Math.max(0, alpha * alpha * rest[0] + 2 * alpha * beta * rest[1] + beta * beta * rest[2]);
      const area = Math.sqrt(determinant);
      // The squared length is measured, so a small shortening is half of what the square loses.
      const c = (4 * FOLD_STRIDE * t) / 3 + k;
      this.#coefficients[c] = (area * alpha * alpha) / 2;
      this.#coefficients[c + FOLD_STRIDE] = area * alpha * beta;
      this.#coefficients[c + 2 * FOLD_STRIDE] = (area * beta * beta) / 2;
      this.#coefficients[c + 3 * FOLD_STRIDE] = (area * square) / 2;
      for (let n = t; n < t + 3; n++) this.#perWeights[FOLD_STRIDE * this.#triangles[n] + k] += area * square;
    }
  }
}
