/**
 * Simulates a sheet of cloth: position-based dynamics with compliance (XPBD: Macklin, Müller, Chentanez 2016), in many
 * small steps of one iteration each (Macklin et al. 2019). One step:
 *
 * 1. Integrate velocities under gravity and damping. Held particles stay where they are.
 * 2. Close the seams.
 * 3. Stretch: sides of triangles are springs, which in a triangle mesh also resist shear.
 * 4. Bend: hinges have the quadratic energy of Bergou et al. 2006, whose force is linear even for small angles, so that
 *    no fine zigzag survives. Then stretch once more, backwards, if the sweep is symmetric.
 * 5. Push particles out of the body that the cloth lies on.
 * 6. Take the velocities from the change of positions.
 *
 * The steps run in WebAssembly (tools/kernels/cloth.as.ts); this file fills its memory. Metres, kilograms, seconds.
 * Rewriting a formula of the kernel changes the last bits of the result, and with them the committed T-shirt: a test
 * compares it number for number.
 */
import { runAtOnce } from '../math/sliced.ts';
import { sortByKey } from '../math/sort-by-key.ts';
import { type ClothSheet, connectSheet, type Spring } from './connect-sheet.ts';
import { type ClothKernel, createClothKernel } from './create-cloth-kernel.ts';
import { GROUP_SIZE, groupSprings } from './group-springs.ts';
import type { HangOptions, StepOptions } from './hang-options.ts';
import { orderSprings } from './order-springs.ts';
import { scatter } from './scatter.ts';

/** Four-byte values of a group of springs, and of a hinge, in the kernel's memory. */
const GROUP_VALUES = 8 * GROUP_SIZE;
/** From a spring's rest length in the kernel's memory to its taut and slack length, and to 1 / its length in the drape. */
const TAUT = -4 * GROUP_SIZE;
const SLACK = -3 * GROUP_SIZE;
const PER_DRAPE = GROUP_SIZE;
const HINGE_VALUES = 12;
/** Bytes of a particle in each of the kernel's arrays. */
const PARTICLE_BYTES = 16;

/** The material of the cloth. */
export interface ClothOptions {
  /** Mass of a unit of area, kg/m². */
  weight: number;
  /** Tension of a strip 1 m wide that is pulled to twice its length, N/m. */
  stretch: number;
  /**
   * Ratio of the stiffness when pulled to that when pushed together in its plane. A knit's loops close up, and folds
   * finer than the mesh take up length, before the sheet has to buckle within one triangle.
   */
  pullToPush: number;
  /** Bending stiffness, N·m. */
  bend: number;
  /** Share by which the cloth gets longer without force where the body's pose pulls it (`takeDrape`); 0 if absent. */
  give?: number;
}

/** What holds a sheet besides its triangles. */
export interface ClothFastenings {
  /** Pairs of particles to be joined, as a, b, a, b, … */
  seams?: ArrayLike<number>;
  /** Particles that only their owner moves. */
  held?: ArrayLike<number>;
  /** Springs between parts of the sheet that are fastened to each other. */
  closures?: readonly Spring[];
}

/** What the cloth lies on. */
export interface ClothCollider {
  /**
   * Step 5: moves particles out of the body.
   *
   * @param positions 4 × particles: x, y, z (metres) and 1; changed in place.
   * @param before the positions before the step, from which friction knows how far a particle has slid.
   */
  collide(positions: Float32Array, before: Float32Array): void;
}

/** A sheet of cloth in motion: positions and velocities of its particles. +y is up. All arrays may be written. */
export class Cloth {
  /** 4 × particles: x, y, z (metres) and 1. */
  readonly positions: Float32Array;
  /** 4 × particles: x, y, z (m/s) and 0. */
  readonly velocities: Float32Array;
  /** 4 × particles: where cloth without forces would be, x, y, z (metres) and 1. For `hang`, as the following. */
  readonly places: Float32Array;
  /** 4 × particles: the direction that is up in the rest pose, x, y, z and 0. */
  readonly ups: Float32Array;
  /** 4 × particles: unit normal of the plane that the particle lies on, minus its distance from the origin; 0: none. */
  readonly planes: Float32Array;
  /** By particle: 1 where it clings to its place, 0 where it is loose, above 1 where it is held firmly. */
  readonly clings: Float32Array;
  readonly #before: Float32Array;
  readonly #kernel: ClothKernel = createClothKernel();
  readonly #material: ClothOptions;
  readonly #springs: readonly Spring[];
  /** By spring: index of its rest length in `#springValues`. */
  readonly #lengthIndices: Int32Array;
  /** The kernel's memory of springs. */
  readonly #springValues: Float32Array;

  /**
   * @param sheet triangles between particles, and rest lengths of their sides (metres).
   * @param positions 3 × particles, metres.
   * @param material weight and stiffness.
   * @param fastenings what holds the sheet besides its triangles.
   */
  constructor(
    sheet: ClothSheet,
    positions: ArrayLike<number>,
    material: ClothOptions,
    { seams = [], held = [], closures = [] }: ClothFastenings = {},
  ) {
    const count = sheet.particleCount;
    const { springs: sides, hinges, areas } = connectSheet(sheet);
    const inverseMasses = areas.map((area) => 1 / (material.weight * area));
    for (let n = 0; n < held.length; n++) inverseMasses[held[n]] = 0;
    this.#material = material;
    this.#springs = [...sides, ...closures];
    const groups = groupSprings(this.#springs, orderSprings(this.#springs, positions));

    const kernel = this.#kernel;
    kernel.reserveSheet(count, held.length, groups.length / GROUP_SIZE, hinges.length, seams.length / 2);
    kernel.reserveHanging(count);
    const { buffer } = kernel.memory;
    const values = (address: { value: number }, length: number) => new Float32Array(buffer, address.value, length);
    const offsets = (address: { value: number }, length: number) => new Int32Array(buffer, address.value, length);
    this.positions = values(kernel.positions, 4 * count);
    this.velocities = values(kernel.velocities, 4 * count);
    this.#before = values(kernel.before, 4 * count);
    this.places = values(kernel.places, 4 * count);
    this.ups = values(kernel.ups, 4 * count);
    this.planes = values(kernel.planes, 4 * count);
    this.clings = values(kernel.clings, count);
    for (let k = 0; k < 4 * count; k++) this.positions[k] = k % 4 === 3 ? 1 : positions[3 * (k >> 2) + (k % 4)];
    offsets(kernel.held, held.length).set(Array.from(held, (i) => PARTICLE_BYTES * i));

    const firstAddress = kernel.positions.value;
    const addressOf = (particle: number): number => firstAddress + PARTICLE_BYTES * particle;
    const springLength = (GROUP_VALUES / GROUP_SIZE) * groups.length;
    this.#springValues = values(kernel.springs, springLength);
    this.#lengthIndices = new Int32Array(this.#springs.length);
    const ends = offsets(kernel.springs, springLength);
    // A place without a spring has the particle after the last one at both ends.
    const none: Spring = { a: count, b: count, length: 0 };
    groups.forEach((s, n) => {
      const first = GROUP_VALUES * Math.floor(n / GROUP_SIZE) + (n % GROUP_SIZE);
      const { a, b, length } = s < 0 ? none : this.#springs[s];
      ends[first] = addressOf(a);
      ends[first + GROUP_SIZE] = addressOf(b);
      this.#springValues[first + 4 * GROUP_SIZE] = s < 0 ? 0 : inverseMasses[a];
      this.#springValues[first + 5 * GROUP_SIZE] = s < 0 ? 0 : inverseMasses[b];
      this.#setLength(first + 6 * GROUP_SIZE, length);
      this.#springValues[first + 6 * GROUP_SIZE + PER_DRAPE] = NaN;
      if (s >= 0) this.#lengthIndices[s] = first + 6 * GROUP_SIZE;
    });

    const hingeValues = values(kernel.hinges, HINGE_VALUES * hinges.length);
    const corners = offsets(kernel.hinges, HINGE_VALUES * hinges.length);
    const terms = values(kernel.hingeTerms, 2 * hinges.length);
    const keys = Float64Array.from(hinges, (_, h) => scatter(h));
    const ranks = new Uint32Array(hinges.length);
    runAtOnce(sortByKey(keys, keys.length)).forEach((h, rank) => (ranks[h] = rank));
    for (let h = 0; h < hinges.length; h++) {
      const { particles, coefficients, area, stiffness } = hinges[h];
      const rank = ranks[h];
      const first = HINGE_VALUES * rank;
      let sum = 0;
      for (let k = 0; k < 4; k++) {
        const response = inverseMasses[particles[k]] * coefficients[k];
        corners[first + k] = addressOf(particles[k]);
        hingeValues[first + 4 + k] = coefficients[k];
        hingeValues[first + 8 + k] = response;
        sum += response * coefficients[k];
      }
      terms[2 * rank] = sum;
      terms[2 * rank + 1] = area / (3 * material.bend * stiffness);
    }

    const seamEnds = offsets(kernel.seams, 2 * seams.length);
    const seamMasses = values(kernel.seams, 2 * seams.length);
    for (let n = 0; n < seams.length; n++) {
      const first = 4 * Math.floor(n / 2) + (n % 2);
      seamEnds[first] = addressOf(seams[n]);
      seamMasses[first + 2] = inverseMasses[seams[n]];
    }
  }

  /**
   * Moves the rest lengths by `share` (0 to 1) of the way to those of `springs`, which `connectSheet` made from a sheet
   * with the same triangles.
   */
  regrade(springs: readonly Spring[], share: number): void {
    const values = this.#springValues;
    this.#lengthIndices.forEach((k, s) => this.#setLength(k, values[k] + share * (springs[s].length - values[k])));
  }

  /** Sets the rest length at `k` in the kernel's memory of springs; taut and slack it is as long. */
  #setLength(k: number, length: number): void {
    const values = this.#springValues;
    values[k] = values[k + TAUT] = values[k + SLACK] = length;
  }

  /**
   * Takes the lengths of the drape. From then on, in `hang`, springs follow the lengths of the posed drape (`places`)
   * relative to those at rest without force: all of the way where it is shorter, for where a joint bends cloth lies in
   * folds finer than the mesh; and as far as the material gives where it is longer.
   *
   * @param drape 3 × welded vertices at rest, metres.
   * @param vertices by particle: its welded vertex.
   */
  takeDrape(drape: ArrayLike<number>, vertices: ArrayLike<number>): void {
    for (let s = 0; s < this.#springs.length; s++) {
      const a = 3 * vertices[this.#springs[s].a];
      const b = 3 * vertices[this.#springs[s].b];
      const x = drape[a] - drape[b];
      const y = drape[a + 1] - drape[b + 1];
      const z = drape[a + 2] - drape[b + 2];
      this.#springValues[this.#lengthIndices[s] + PER_DRAPE] = 1 / Math.sqrt(x * x + y * y + z * z);
    }
  }

  /** Sets all rest lengths to `factor` times those that the cloth was made with. */
  scale(factor: number): void {
    this.#lengthIndices.forEach((k, s) => this.#setLength(k, factor * this.#springs[s].length));
  }

  /** Simulates one step on a body of the caller's. Changes `positions` and `velocities`. */
  step(collider: ClothCollider, options: StepOptions): void {
    this.#setStep(options);
    this.#kernel.startStep(options.sweep === 'symmetric');
    collider.collide(this.positions, this.#before);
    this.#kernel.endStep();
  }

  /** Simulates `count` steps on `planes`, with `places` to cling to. Changes `positions` and `velocities`. */
  hang(count: number, options: HangOptions): void {
    const { step, cling, slipMetres, lift, friction, maxPushMetres, innerFriction = 0 } = options;
    this.#setStep(options);
    this.#kernel.setHanging(
      cling * step,
      slipMetres,
      lift * step,
      friction,
      maxPushMetres,
      innerFriction * step,
      1 + (this.#material.give ?? 0),
    );
    this.#kernel.hang(count, options.sweep === 'symmetric');
  }

  #setStep({ step, gravity, damping, seamCompliance }: StepOptions): void {
    const { stretch, pullToPush } = this.#material;
    const pulled = 1 / (stretch * (Math.sqrt(3) / 2) * step * step);
    const kept = Math.exp(-damping * step);
    const seam = seamCompliance / (step * step);
    this.#kernel.setStep(step, gravity * step, kept, seam, pulled, pulled * pullToPush);
  }

  /** Returns the positions of the particles, 3 each, metres. */
  readPositions(): Float64Array {
    return Float64Array.from(this.positions.filter((_, k) => k % 4 !== 3));
  }

  /** Returns by how much each side of a triangle is longer than at rest, as a share of its rest length. */
  measureStretch(): Float64Array {
    const p = this.positions;
    return Float64Array.from(this.#springs, ({ a, b }, s) => {
      const length = Math.hypot(...[0, 1, 2].map((axis) => p[4 * a + axis] - p[4 * b + axis]));
      return length / this.#springValues[this.#lengthIndices[s]] - 1;
    });
  }
}
