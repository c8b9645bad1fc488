import { BoneTurns, findMainBones, TURN_VALUES } from './bone-turns.ts';
import type { Cloth } from './cloth.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';

/** Share of a place's change of speed by which inertia holds a particle back; the rest goes along at once. */
const INERTIA = 0.3;

/**
 * Moves cloth with the body from one frame to the next. Input: the particles' places and the bones in both frames.
 * Output: positions, velocities and planes of the cloth, from which its simulation goes on. Metres, seconds.
 *
 * 1. `carry`: move each particle as its place has moved, and turn what stands off the place with the bone that moves it
 *    most. Inertia holds the particle back while its place changes its speed.
 * 2. `keep` remembers the frame.
 */
export class ClothCarrier {
  /** By particle, 4 each, metres: place in the last frame, and by how much the body carried it from there. */
  readonly #lastPlaces: Float32Array;
  readonly #movement: Float32Array;
  readonly #turns = new BoneTurns();
  /** By particle: the bone that moves it most. */
  readonly #bones: Uint16Array;

  /** @param mesh its vertices and their skin weights are read. */
  constructor({ vertices, skinIndices, skinWeights }: ClothMesh) {
    this.#lastPlaces = new Float32Array(4 * vertices.length);
    this.#movement = new Float32Array(4 * vertices.length);
    this.#bones = findMainBones(vertices, skinIndices, skinWeights);
  }

  /**
   * Step 1.
   *
   * @param bones the body's matrices (`writeSkinMatrices`).
   * @param seconds time since the last frame; Infinity: no inertia.
   * @param looseness by particle, 0..1: loose cloth has all of its inertia; null: no cloth has any.
   */
  carry(
    { positions, velocities, places, planes }: Cloth,
    bones: Float64Array,
    seconds: number,
    looseness: Float64Array | null,
  ): void {
    this.#turns.measure(bones);
    const { turns } = this.#turns;
    const mainBones = this.#bones;
    const last = this.#lastPlaces;
    const movement = this.#movement;
    for (let i = 0, o = 0; i < mainBones.length; i++, o += 4) {
      const share = looseness ? (INERTIA + looseness[i] * (1 - INERTIA)) / seconds : 0;
      const x = positions[o] - last[o];
      const y = positions[o + 1] - last[o + 1];
      const z = positions[o + 2] - last[o + 2];
      const vx = velocities[o];
      const vy = velocities[o + 1];
      const vz = velocities[o + 2];
      const nx = planes[o];
      const ny = planes[o + 1];
      const nz = planes[o + 2];
      for (let axis = 0, t = TURN_VALUES * mainBones[i]; axis < 3; axis++, t += 3) {
        const k = o + axis;
        const carried = places[k] + turns[t] * x + turns[t + 1] * y + turns[t + 2] * z;
        const moved = carried - positions[k];
        positions[k] = carried;
        velocities[k] = turns[t] * vx + turns[t + 1] * vy + turns[t + 2] * vz - share * (moved - movement[k]);
        planes[k] = turns[t] * nx + turns[t + 1] * ny + turns[t + 2] * nz;
        movement[k] = moved;
      }
    }
  }

  /** Step 2. */
  keep({ places }: Pick<Cloth, 'places'>, bones: Float64Array): void {
    this.#lastPlaces.set(places);
    this.#turns.keep(bones);
  }

  /** Takes the last movement for none: the body begins from rest. */
  rest(): void {
    this.#movement.fill(0);
  }
}
