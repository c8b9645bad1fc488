import type { ClothCollider } from '../../src/cloth/cloth.ts';
import type { DistanceGrid } from './distance-grid.ts';

/** Largest push out of the body in one step, metres: cloth that starts deep inside comes out without a jolt. */
const MAX_PUSH_METRES = 0.01;

/** How cloth meets the body. */
export interface ContactOptions {
  /** Coulomb coefficient between cloth and body. */
  friction: number;
  /** Distance kept between cloth and body, metres. */
  clearance: number;
}

/** The body that a garment is draped on, symmetric about x = 0. */
export class GridCollider implements ClothCollider {
  /** How cloth meets the body from the next step on. */
  contact: ContactOptions = { friction: 0, clearance: 0 };
  readonly #body: DistanceGrid;
  readonly #twins: Int32Array;

  /**
   * @param body distances from the body's skin, metres.
   * @param twins for each particle: its mirror image across x = 0; itself on x = 0, −1 for none.
   */
  constructor(body: DistanceGrid, twins: ArrayLike<number>) {
    this.#body = body;
    this.#twins = Int32Array.from(twins);
  }

  /**
   * Pushes particles out of the body, with friction. Then mirrors left and right onto each other: the constraints of
   * cloth are solved in sequence, which favours one side, whereas body and garment are symmetric.
   */
  collide(positions: Float32Array, before: Float32Array): void {
    this.#pushOut(positions, before);
    this.#mirror(positions);
  }

  #pushOut(p: Float32Array, before: Float32Array): void {
    const { clearance, friction } = this.contact;
    for (let i = 0; i < p.length; i += 4) {
      const distance = this.#body.sample(p[i], p[i + 1], p[i + 2], gradient, clearance);
      if (distance >= clearance) continue;
      const depth = Math.min(clearance - distance, MAX_PUSH_METRES);
      p[i] += depth * gradient[0];
      p[i + 1] += depth * gradient[1];
      p[i + 2] += depth * gradient[2];
      // Friction takes back some or all of the movement within the surface.
      const dx = p[i] - before[i];
      const dy = p[i + 1] - before[i + 1];
      const dz = p[i + 2] - before[i + 2];
      const along = dx * gradient[0] + dy * gradient[1] + dz * gradient[2];
      const tx = dx - along * gradient[0];
      const ty = dy - along * gradient[1];
      const tz = dz - along * gradient[2];
      const slide = Math.sqrt(tx * tx + ty * ty + tz * tz);
      const held = slide > 0 ? Math.min(1, (friction * depth) / slide) : 0;
      p[i] -= held * tx;
      p[i + 1] -= held * ty;
      p[i + 2] -= held * tz;
    }
  }

  /** Moves each particle to the mean of itself and its twin's mirror image. */
  #mirror(p: Float32Array): void {
    const twins = this.#twins;
    for (let i = 0; i < twins.length; i++) {
      const j = twins[i];
      if (j < i) continue;
      const x = (p[4 * i] + p[4 * j]) * 0.5;
      const y = (p[4 * j + 1] - p[4 * i + 1]) * 0.5;
      const z = (p[4 * j + 2] - p[4 * i + 2]) * 0.5;
      p[4 * i] -= x;
      p[4 * i + 1] += y;
      p[4 * i + 2] += z;
      if (j === i) continue;
      p[4 * j] -= x;
      p[4 * j + 1] -= y;
      p[4 * j + 2] -= z;
    }
  }
}

/** Scratch. */
const gradient = new Float64Array(3);
