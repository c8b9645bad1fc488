import type { Neighbours } from '../garment/find-neighbours.ts';
import { createFrameKernel, type FrameKernel } from './create-frame-kernel.ts';

/** Thickness of a layer of cloth, metres: that of jersey. */
const LAYER_METRES = 0.001;
/** Most particles that the kernel lays over the skin in one call; the largest of usual garments has as many. */
const MOST_PARTICLES = 3000;

/**
 * The cloth that the skin is covered with in one frame, as heights over the skin: what the next garment outwards lies
 * on. Garments are added from the skin outwards. `add` runs in WebAssembly (tools/kernels/frame-cover.as.ts).
 */
export class ClothCover {
  readonly #kernel: FrameKernel = createFrameKernel();
  /** The kernel's memory. By vertex of the skin: distance of the outermost cloth from it, metres; −Infinity: bare. */
  readonly #heights: Float32Array;
  readonly #vertices: Int32Array;
  readonly #distances: Float32Array;

  /** @param neighbours the neighbours of each vertex of the skin. */
  constructor({ starts, neighbours }: Neighbours) {
    const kernel = this.#kernel;
    const count = starts.length - 1;
    kernel.reserveCover(count, neighbours.length, MOST_PARTICLES);
    const { buffer } = kernel.memory;
    const bytes = Int32Array.BYTES_PER_ELEMENT;
    const addresses = new Int32Array(buffer, kernel.starts.value, count + 1);
    for (let v = 0; v <= count; v++) addresses[v] = kernel.around.value + bytes * starts[v];
    const around = new Int32Array(buffer, kernel.around.value, neighbours.length);
    for (let n = 0; n < neighbours.length; n++) around[n] = bytes * neighbours[n];
    this.#heights = new Float32Array(buffer, kernel.heights.value, count);
    this.#vertices = new Int32Array(buffer, kernel.coverVertices.value, MOST_PARTICLES);
    this.#distances = new Float32Array(buffer, kernel.coverDistances.value, MOST_PARTICLES);
  }

  /**
   * Finds the smallest distances, metres, from the skin at some of its vertices that another layer may have.
   *
   * @param vertices of the skin; below 0: none.
   * @param target receives them; −Infinity: any.
   */
  findFloors(vertices: Int32Array, target: Float32Array): void {
    const heights = this.#heights;
    for (let i = 0; i < target.length; i++)
      target[i] = vertices[i] < 0 ? -Infinity : heights[vertices[i]] + LAYER_METRES;
  }

  /** Takes off all cloth: a new frame begins. */
  clear(): void {
    this.#heights.fill(-Infinity);
  }

  /**
   * Lays a garment over what is there. Its particles are farther apart than the vertices of the skin, so each covers
   * the vertices around its own too, and heights are averaged with their neighbours: cloth bridges what is beneath.
   *
   * @param vertices by particle: nearest vertex of the skin; −1: none, the particle covers nothing.
   * @param distances by particle: from the skin, metres; Infinity: it covers nothing.
   */
  add(vertices: ArrayLike<number>, distances: ArrayLike<number>): void {
    for (let first = 0; first < vertices.length; first += MOST_PARTICLES) {
      const count = Math.min(MOST_PARTICLES, vertices.length - first);
      for (let n = 0; n < count; n++) {
        this.#vertices[n] = Int32Array.BYTES_PER_ELEMENT * vertices[first + n];
        this.#distances[n] = distances[first + n];
      }
      this.#kernel.coverWith(count);
    }
  }
}
