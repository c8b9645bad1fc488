import type { Neighbours } from '../garment/find-neighbours.ts';

/** Thickness of a layer of cloth, metres: that of jersey. */
const LAYER_METRES = 0.001;

/**
 * The cloth that the skin is covered with in one frame, as heights over the skin: what the next garment outwards lies
 * on. Garments are added from the skin outwards.
 */
export class ClothCover {
  readonly #neighbours: Neighbours;
  /** By vertex of the skin: distance of the outermost cloth from it, metres; −Infinity where it is bare. */
  readonly #heights: Float32Array;
  /**
   * Scratch of `add`, as `#heights`, of one garment: at the vertices next to its particles, and around them too. All
   * −Infinity between two calls.
   */
  readonly #own: Float32Array;
  readonly #spread: Float32Array;
  /** Scratch of `add`: the vertices at which `#spread` is not −Infinity. */
  readonly #covered: Int32Array;

  /** @param neighbours the neighbours of each vertex of the skin. */
  constructor(neighbours: Neighbours) {
    this.#neighbours = neighbours;
    const count = neighbours.starts.length - 1;
    this.#heights = new Float32Array(count).fill(-Infinity);
    this.#own = new Float32Array(count).fill(-Infinity);
    this.#spread = new Float32Array(count).fill(-Infinity);
    this.#covered = new Int32Array(count);
  }

  /** Smallest distance, metres, from the skin at one of its vertices that another layer may have; −Infinity: any. */
  floor(vertex: number): number {
    return this.#heights[vertex] + LAYER_METRES;
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
    const { starts, neighbours } = this.#neighbours;
    const own = this.#own;
    const spread = this.#spread;
    const covered = this.#covered;
    let coveredCount = 0;
    for (let i = 0; i < vertices.length; i++) {
      const v = vertices[i];
      if (v < 0 || !(distances[i] < Infinity)) continue;
      own[v] = Math.max(own[v], distances[i]);
    }
    for (let i = 0; i < vertices.length; i++) {
      const v = vertices[i];
      if (v < 0 || own[v] === -Infinity) continue;
      const height = own[v];
      own[v] = -Infinity;
      // First the vertex itself, then its neighbours.
      for (let n = starts[v] - 1; n < starts[v + 1]; n++) {
        const to = n < starts[v] ? v : neighbours[n];
        if (spread[to] === -Infinity) covered[coveredCount++] = to;
        if (height > spread[to]) spread[to] = height;
      }
    }
    const heights = this.#heights;
    for (let k = 0; k < coveredCount; k++) {
      const v = covered[k];
      let sum = spread[v];
      let count = 1;
      for (let n = starts[v]; n < starts[v + 1]; n++) {
        const height = spread[neighbours[n]];
        if (height === -Infinity) continue;
        sum += height;
        count++;
      }
      heights[v] = Math.max(heights[v], sum / count);
    }
    for (let k = 0; k < coveredCount; k++) spread[covered[k]] = -Infinity;
  }
}
