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
  /** Scratch of `add`, as `#heights`, of one garment: at the vertices next to its particles, and around them too. */
  readonly #own: Float32Array;
  readonly #spread: Float32Array;

  /** @param neighbours the neighbours of each vertex of the skin. */
  constructor(neighbours: Neighbours) {
    this.#neighbours = neighbours;
    const count = neighbours.starts.length - 1;
    this.#heights = new Float32Array(count).fill(-Infinity);
    this.#own = new Float32Array(count);
    this.#spread = new Float32Array(count);
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
    const own = this.#own.fill(-Infinity);
    for (let i = 0; i < vertices.length; i++) {
      const v = vertices[i];
      if (v < 0 || distances[i] === Infinity) continue;
      own[v] = Math.max(own[v], distances[i]);
    }
    const spread = this.#spread;
    for (let v = 0; v < own.length; v++) {
      spread[v] = own[v];
      for (let n = starts[v]; n < starts[v + 1]; n++) spread[v] = Math.max(spread[v], own[neighbours[n]]);
    }
    const heights = this.#heights;
    for (let v = 0; v < heights.length; v++) {
      if (spread[v] === -Infinity) continue;
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
  }
}
