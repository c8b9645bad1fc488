import type { Garment, GarmentFit } from '../garment/garment.ts';
import { FOLD_AXES, FOLD_STRIDE } from '../math/fold-axes.ts';
import { Compression } from './compression.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { placeInSize } from './place-in-size.ts';

/** Share by which cloth can be pushed together before it folds: threads and loops close up. */
const CLOSING_SHARE = 0.005;
/**
 * Compression at which folds are as steep as theirs by all but 30 per cent; with less they grow in proportion to it. A
 * root would make folds of the jitter of cloth that is all but taut.
 */
const SOFT_SHARE = 0.01;
/**
 * Share of the largest compression at a particle that an axis must exceed to fold: folds along the axis that is pushed
 * together most relieve the axes beside it. Without it folds cross each other like dents.
 */
const CROSS_SHARE = 0.4;
/** The byte that stands for a slope of 1. */
const STEEPEST = 255;

/** What `FineFolds.write` knows of a frame. */
export interface FoldOptions {
  /** The size that is worn. */
  size: string;
  /** By how much the garment is shown larger than it was modelled. */
  scale: number;
  /** Time of the frame. When it goes back, the folds start anew. */
  timeMs: number;
}

/**
 * The folds of one garment's cloth that are finer than its mesh: how steep they are, which the garment's shader draws.
 * They take up the compression that the mesh, whose own folds are some of its edges long, has not taken up. A
 * wave whose slope is at most s is longer than its base by s² / 4 of it, so a compression of c makes a slope of 2 √c.
 */
export class FineFolds {
  readonly #garment: Garment;
  readonly #mesh: ClothMesh;
  /** The compression of the cloth in `#size`. */
  #compression: Compression | null = null;
  #size = '';
  /** FOLD_AXES × particles: slopes; and by particle the largest compression that folds. */
  readonly #slopes: Float32Array;
  readonly #largest: Float32Array;
  #timeMs = NaN;

  constructor(garment: Garment, mesh: ClothMesh) {
    this.#garment = garment;
    this.#mesh = mesh;
    this.#slopes = new Float32Array(FOLD_AXES * mesh.vertices.length);
    this.#largest = new Float32Array(mesh.vertices.length);
  }

  /**
   * Measures the folds of a frame and writes them to `fit.folds`. Allocates nothing while the size stays the same.
   *
   * @param positions 4 × particles: x, y, z (metres) and 1.
   */
  write(positions: ArrayLike<number>, { size, scale, timeMs }: FoldOptions, fit: GarmentFit): void {
    if (!this.#compression || this.#size !== size) {
      this.#compression = new Compression(this.#mesh.triangles, placeInSize(this.#garment, this.#mesh, size));
      this.#size = size;
      this.#timeMs = NaN;
    }
    const seconds = (timeMs - this.#timeMs) / 1000;
    this.#compression.measure(positions, scale, seconds >= 0 ? seconds : Infinity);
    this.#timeMs = timeMs;
    this.#measureSlopes(this.#compression);
    for (let p = 0; p < fit.folds.length; p++) this.#writePart(p, fit.folds[p]);
  }

  #measureSlopes({ shares }: Compression): void {
    const slopes = this.#slopes;
    for (let i = 0, o = 0; o < shares.length; i++, o += FOLD_AXES) {
      let largest = 0;
      for (let k = o; k < o + FOLD_AXES; k++) largest = Math.max(largest, shares[k] - CLOSING_SHARE);
      this.#largest[i] = largest;
      for (let k = o; k < o + FOLD_AXES; k++) {
        const aligned = shares[k] - CLOSING_SHARE - CROSS_SHARE * largest;
        const folded = Math.max(0, aligned / (1 - CROSS_SHARE));
        slopes[k] = STEEPEST * Math.min(1, (2 * folded) / Math.sqrt(folded + SOFT_SHARE));
      }
    }
  }

  /** Writes the slopes of part `p`: at a vertex the mean of the particles that move it, by their shares. */
  #writePart(p: number, target: Uint8Array): void {
    const { weld, firsts } = this.#garment.binding;
    const { movers, shares } = this.#mesh;
    const slopes = this.#slopes;
    const largest = this.#largest;
    for (let v = firsts[p], o = 0; o < target.length; v++, o += FOLD_STRIDE) {
      const w = 3 * weld.welded[v];
      const a = movers[w];
      const b = movers[w + 1];
      const c = movers[w + 2];
      const isTaut = largest[a] + largest[b] + largest[c] === 0;
      const sa = shares[w];
      const sb = shares[w + 1];
      const sc = shares[w + 2];
      for (let k = 0, i = FOLD_AXES * a, j = FOLD_AXES * b, l = FOLD_AXES * c; k < FOLD_AXES; k++, i++, j++, l++)
        target[o + k] = isTaut ? 0 : sa * slopes[i] + sb * slopes[j] + sc * slopes[l];
    }
  }
}
