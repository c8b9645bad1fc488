import { BONE_COUNT } from '../mannequin/mannequin.ts';
import { BoneTurns, findMainBones, TURN_VALUES } from './bone-turns.ts';
import type { Cloth } from './cloth.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { createFrameKernel, type FrameKernel } from './create-frame-kernel.ts';

/** Share of a place's change of speed by which inertia holds a particle back; the rest goes along at once. */
const INERTIA = 0.3;
/** Four-byte values of a bone's turn in the kernel: three columns of four. */
const COLUMN_VALUES = 4;
const KERNEL_TURN_VALUES = 3 * COLUMN_VALUES;

/**
 * Moves cloth with the body from one frame to the next. Input: the particles' places and the bones in both frames.
 * Output: positions, velocities and planes of the cloth, from which its simulation goes on. Metres, seconds.
 *
 * 1. `carry`: move each particle as its place has moved, and turn what stands off the place with the bone that moves it
 *    most. Inertia holds the particle back while its place changes its speed.
 * 2. `keep` remembers the frame.
 *
 * Step 1 runs in WebAssembly (tools/kernels/frame-carry.as.ts).
 */
export class ClothCarrier {
  readonly #kernel: FrameKernel = createFrameKernel();
  readonly #turns = new BoneTurns();
  /** The kernel's memory. */
  readonly #positions: Float32Array;
  readonly #velocities: Float32Array;
  readonly #planes: Float32Array;
  readonly #places: Float32Array;
  readonly #lastPlaces: Float32Array;
  readonly #movements: Float32Array;
  readonly #inertias: Float32Array;
  readonly #columns: Float32Array;

  /** @param mesh its vertices and their skin weights are read. */
  constructor({ vertices, skinIndices, skinWeights }: ClothMesh) {
    const kernel = this.#kernel;
    const count = vertices.length;
    kernel.reserveCarrying(count, BONE_COUNT);
    const { buffer } = kernel.memory;
    const vectors = (address: { value: number }) => new Float32Array(buffer, address.value, 4 * count);
    this.#positions = vectors(kernel.carriedPositions);
    this.#velocities = vectors(kernel.carriedVelocities);
    this.#planes = vectors(kernel.carriedPlanes);
    this.#places = vectors(kernel.carriedPlaces);
    this.#lastPlaces = vectors(kernel.lastPlaces);
    this.#movements = vectors(kernel.movements);
    this.#inertias = new Float32Array(buffer, kernel.inertias.value, count);
    this.#columns = new Float32Array(buffer, kernel.turns.value, KERNEL_TURN_VALUES * BONE_COUNT);
    const bones = new Int32Array(buffer, kernel.mainBones.value, count);
    const bytes = this.#columns.BYTES_PER_ELEMENT * KERNEL_TURN_VALUES;
    findMainBones(vertices, skinIndices, skinWeights).forEach((bone, i) => (bones[i] = bytes * bone));
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
    for (let t = 0; t < turns.length; t++) {
      const entry = t % TURN_VALUES;
      const to = KERNEL_TURN_VALUES * ((t - entry) / TURN_VALUES);
      this.#columns[to + COLUMN_VALUES * (entry % 3) + Math.floor(entry / 3)] = turns[t];
    }
    const inertias = this.#inertias;
    for (let i = 0; i < inertias.length; i++)
      inertias[i] = looseness ? (INERTIA + looseness[i] * (1 - INERTIA)) / seconds : 0;
    this.#positions.set(positions);
    this.#velocities.set(velocities);
    this.#planes.set(planes);
    this.#places.set(places);
    this.#kernel.carry();
    positions.set(this.#positions);
    velocities.set(this.#velocities);
    planes.set(this.#planes);
  }

  /** Step 2. */
  keep({ places }: Pick<Cloth, 'places'>, bones: Float64Array): void {
    this.#lastPlaces.set(places);
    this.#turns.keep(bones);
  }

  /** Takes the last movement for none: the body begins from rest. */
  rest(): void {
    this.#movements.fill(0);
  }
}
