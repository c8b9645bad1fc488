import type { Garment, GarmentFit } from '../garment/garment.ts';
import { FOLD_STRIDE } from '../math/fold-axes.ts';
import { Compression } from './compression.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { createFoldsKernel, type FoldsKernel } from './create-folds-kernel.ts';
import { createSizedSheet } from './create-sized-sheet.ts';
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
/** Four-byte values of what moves a vertex, in the kernel's memory. */
const MOVER_VALUES = 6;

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
  #timeMs = NaN;
  #kernel: FoldsKernel | null = null;
  /** By part: its vertices' folds in the kernel's memory, FOLD_STRIDE each. */
  #folds: Uint8Array[] = [];

  constructor(garment: Garment, mesh: ClothMesh) {
    this.#garment = garment;
    this.#mesh = mesh;
  }

  /**
   * Measures the folds of a frame and writes them to `fit.folds`. Allocates nothing while the size stays the same.
   *
   * @param positions 4 × particles: x, y, z (metres) and 1.
   */
  write(positions: ArrayLike<number>, { size, scale, timeMs }: FoldOptions, fit: GarmentFit): void {
    if (!this.#compression || !this.#kernel || this.#size !== size) this.#prepare(size, fit);
    const seconds = (timeMs - this.#timeMs) / 1000;
    this.#compression!.measure(positions, scale, seconds >= 0 ? seconds : Infinity);
    this.#timeMs = timeMs;
    this.#kernel!.writeFolds(CLOSING_SHARE, CROSS_SHARE, SOFT_SHARE);
    for (let p = 0; p < fit.folds.length; p++) fit.folds[p].set(this.#folds[p]);
  }

  /** Reserves the kernel's memory for the cloth in this size, and writes which particles move each vertex. */
  #prepare(size: string, fit: GarmentFit): void {
    const { weld, firsts } = this.#garment.binding;
    const { movers, shares, triangles } = this.#mesh;
    const counts = fit.folds.map(({ length }) => length / FOLD_STRIDE);
    const kernel = createFoldsKernel();
    kernel.reserveVertices(counts.reduce((sum, count) => sum + count, 0));
    this.#compression = new Compression(triangles, placeInSize(this.#garment, this.#mesh, size), {
      kernel,
      restLengths: createSizedSheet(this.#garment, this.#mesh, size, 1).restLengths,
    });
    const { buffer } = kernel.memory;
    let vertex = 0;
    this.#folds = counts.map((count, p) => {
      const address = kernel.movers.value + 4 * MOVER_VALUES * vertex;
      const particles = new Int32Array(buffer, address, MOVER_VALUES * count);
      const parts = new Float32Array(buffer, address, MOVER_VALUES * count);
      for (let v = 0; v < count; v++) {
        const w = 3 * weld.welded[firsts[p] + v];
        for (let k = 0; k < 3; k++) {
          particles[MOVER_VALUES * v + k] = movers[w + k];
          parts[MOVER_VALUES * v + 3 + k] = shares[w + k];
        }
      }
      const folds = new Uint8Array(buffer, kernel.folds.value + FOLD_STRIDE * vertex, FOLD_STRIDE * count);
      vertex += count;
      return folds;
    });
    this.#kernel = kernel;
    this.#size = size;
    this.#timeMs = NaN;
  }
}
