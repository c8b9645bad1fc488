/**
 * Simulates a sheet of cloth on a body: position-based dynamics with compliance (XPBD: Macklin, Müller, Chentanez
 * 2016), in many small steps of one iteration each (Macklin et al. 2019). One step:
 *
 * 1. Integrate velocities under gravity and damping.
 * 2. Close the seams.
 * 3. Stretch: sides of triangles are springs, which in a triangle mesh also resist shear.
 * 4. Bend: hinges have the quadratic energy of Bergou et al. 2006, whose force is linear even for small angles, so that
 *    no fine zigzag survives.
 * 5. Push particles out of the body, with friction.
 * 6. Mirror left and right onto each other.
 * 7. Take the velocities from the change of positions.
 *
 * Metres, kilograms, seconds. Rewriting a formula changes the last bits of the result, and with them the committed
 * T-shirt: a test compares it number for number.
 */
import { type ClothSheet, connectSheet, type Spring } from './connect-sheet.ts';
import type { DistanceGrid } from './distance-grid.ts';

/**
 * Ratio of a knit's stiffness when pulled to that when pushed together in its plane: loops close up before the sheet
 * has to buckle within one triangle.
 */
const PULL_TO_PUSH_STIFFNESS = 6;
/** Largest push out of the body in one step, metres: cloth that starts deep inside comes out without a jolt. */
const MAX_PUSH_METRES = 0.01;

/** The material of the cloth. */
export interface ClothOptions {
  /** Mass of a unit of area, kg/m². */
  weight: number;
  /** Tension of a strip 1 m wide that is pulled to twice its length, N/m. */
  stretch: number;
  /** Bending stiffness, N·m. */
  bend: number;
}

/** How to simulate a step. */
export interface StepOptions {
  /** Time that a step simulates, seconds. */
  step: number;
  /** Downwards acceleration, m/s². */
  gravity: number;
  /** Decay rate of the velocities, 1/s. */
  damping: number;
  /** Coulomb coefficient between cloth and body. */
  friction: number;
  /** Distance kept between cloth and body, metres. */
  clearance: number;
  /** Compliance of the seams, m/N; 0 once sewn. */
  seamCompliance: number;
  /**
   * Share of the asymmetry between left and right that a step removes: constraints are solved in sequence, which
   * favours one side, whereas body and shirt are symmetric.
   */
  mirrored: number;
}

/** A sheet of cloth in motion: positions and velocities of its particles. +y is up, x = 0 the plane of symmetry. */
export class Cloth {
  /** 3 × particles, metres. */
  readonly positions: Float64Array;
  readonly #inverseMass: Float64Array;
  readonly #before: Float64Array;
  readonly #velocity: Float64Array;
  /** Two particles for each spring. */
  readonly #springEnds: Int32Array;
  readonly #springLengths: Float64Array;
  /** Sum of the inverse masses of a spring's ends. */
  readonly #springInverseMass: Float64Array;
  readonly #springCompliance: number;
  /** Four particles for each hinge, and their coefficients in its energy. */
  readonly #hingeParticles: Int32Array;
  readonly #hingeCoefficients: Float64Array;
  readonly #hingeCompliance: Float64Array;
  /** Inverse mass × coefficient, four for each hinge. */
  readonly #hingeResponse: Float64Array;
  /** 1 / (Σ inverse mass × coefficient² + compliance / step²), for `#factorsInverseStep2`. */
  readonly #hingeFactors: Float64Array;
  #factorsInverseStep2 = NaN;
  /** Pairs of particles that a seam joins. */
  readonly #seams: Int32Array;
  readonly #twins: Int32Array;
  #backwards = false;

  /**
   * `sheet`: triangles between particles, and rest lengths of their sides (metres). `positions`: 3 × particles, metres;
   * the cloth keeps the array and changes it. `seams`: particles to be joined, as a, b, a, b, …
   */
  constructor(
    sheet: ClothSheet,
    positions: Float64Array,
    seams: ArrayLike<number>,
    { weight, stretch, bend }: ClothOptions,
  ) {
    this.positions = positions;
    this.#before = positions.slice();
    this.#velocity = new Float64Array(positions.length);
    this.#seams = Int32Array.from(seams);
    this.#twins = Int32Array.from(sheet.twins);
    this.#springCompliance = 1 / (stretch * (Math.sqrt(3) / 2));
    const { springs, hinges, areas } = connectSheet(sheet);
    const w = areas.map((area) => 1 / (weight * area));
    this.#inverseMass = w;
    this.#springEnds = Int32Array.from(springs.flatMap(({ a, b }) => [a, b]));
    this.#springLengths = Float64Array.from(springs, ({ length }) => length);
    this.#springInverseMass = Float64Array.from(springs, ({ a, b }) => w[a] + w[b]);
    this.#hingeParticles = Int32Array.from(hinges.flatMap(({ particles }) => particles));
    this.#hingeCoefficients = Float64Array.from(hinges.flatMap(({ coefficients }) => coefficients));
    this.#hingeCompliance = Float64Array.from(hinges, ({ area, stiffness }) => area / (3 * bend * stiffness));
    this.#hingeResponse = this.#hingeCoefficients.map((c, i) => w[this.#hingeParticles[i]] * c);
    this.#hingeFactors = new Float64Array(hinges.length);
  }

  /**
   * Moves the rest lengths by `share` (0 to 1) of the way to those of `springs`, which `connectSheet` made from a sheet
   * with the same triangles.
   */
  regrade(springs: readonly Spring[], share: number): void {
    const lengths = this.#springLengths;
    for (let i = 0; i < lengths.length; i++) lengths[i] += share * (springs[i].length - lengths[i]);
  }

  /** Simulates one step. `body`: distances from the surface that the cloth must not enter. Changes `positions`. */
  step(body: DistanceGrid, options: StepOptions): void {
    const p = this.positions;
    const before = this.#before;
    const v = this.#velocity;
    const { step, gravity, damping } = options;
    const kept = Math.exp(-damping * step);
    const gained = gravity * step;
    for (let i = 1; i < v.length; i += 3) v[i] -= gained;
    before.set(p);
    for (let i = 0; i < p.length; i++) {
      v[i] *= kept;
      p[i] += v[i] * step;
    }
    const inverseStep2 = 1 / (step * step);
    this.#closeSeams(options.seamCompliance / (step * step));
    this.#stretch(inverseStep2);
    this.#bend(inverseStep2);
    this.#collide(body, options);
    if (options.mirrored > 0) this.#mirror(options.mirrored);
    for (let i = 0; i < p.length; i++) v[i] = (p[i] - before[i]) / step;
  }

  /** Step 2. `compliance`: that of the seams, divided by the squared step. */
  #closeSeams(compliance: number): void {
    const p = this.positions;
    const w = this.#inverseMass;
    const seams = this.#seams;
    for (let s = 0; s < seams.length; s += 2) {
      const a = seams[s];
      const b = seams[s + 1];
      const share = 1 / (w[a] + w[b] + compliance);
      for (let k = 0; k < 3; k++) {
        const d = (p[3 * b + k] - p[3 * a + k]) * share;
        p[3 * a + k] += w[a] * d;
        p[3 * b + k] -= w[b] * d;
      }
    }
  }

  /** Step 3. `inverseStep2`: 1 / step², 1/s². */
  #stretch(inverseStep2: number): void {
    const p = this.positions;
    const w = this.#inverseMass;
    const ends = this.#springEnds;
    const lengths = this.#springLengths;
    const inverseMass = this.#springInverseMass;
    const pulled = this.#springCompliance * inverseStep2;
    const pushed = pulled * PULL_TO_PUSH_STIFFNESS;
    // Alternate the order: no side of the shirt is always solved first.
    this.#backwards = !this.#backwards;
    const last = this.#backwards ? lengths.length - 1 : 0;
    const next = this.#backwards ? -1 : 1;
    for (let n = 0, s = last; n < lengths.length; n++, s += next) {
      const i = ends[2 * s];
      const j = ends[2 * s + 1];
      const a = 3 * i;
      const b = 3 * j;
      const dx = p[b] - p[a];
      const dy = p[b + 1] - p[a + 1];
      const dz = p[b + 2] - p[a + 2];
      const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
      if (length < 1e-9) continue;
      const rest = lengths[s];
      const f = (length - rest) / (length * (inverseMass[s] + (length < rest ? pushed : pulled)));
      const fa = w[i] * f;
      const fb = w[j] * f;
      p[a] += fa * dx;
      p[a + 1] += fa * dy;
      p[a + 2] += fa * dz;
      p[b] -= fb * dx;
      p[b + 1] -= fb * dy;
      p[b + 2] -= fb * dz;
    }
  }

  /** Step 4. */
  #bend(inverseStep2: number): void {
    if (inverseStep2 !== this.#factorsInverseStep2) this.#computeHingeFactors(inverseStep2);
    const p = this.positions;
    const particles = this.#hingeParticles;
    const coefficients = this.#hingeCoefficients;
    const response = this.#hingeResponse;
    const factors = this.#hingeFactors;
    for (let h = 0, o = 0; h < factors.length; h++, o += 4) {
      const a = 3 * particles[o];
      const b = 3 * particles[o + 1];
      const d = 3 * particles[o + 2];
      const e = 3 * particles[o + 3];
      const ca = coefficients[o];
      const cb = coefficients[o + 1];
      const cd = coefficients[o + 2];
      const ce = coefficients[o + 3];
      const ra = response[o];
      const rb = response[o + 1];
      const rd = response[o + 2];
      const re = response[o + 3];
      const factor = factors[h];
      for (let k = 0; k < 3; k++) {
        const curl = (ca * p[a + k] + cb * p[b + k] + cd * p[d + k] + ce * p[e + k]) * factor;
        p[a + k] -= ra * curl;
        p[b + k] -= rb * curl;
        p[d + k] -= rd * curl;
        p[e + k] -= re * curl;
      }
    }
  }

  #computeHingeFactors(inverseStep2: number): void {
    const c = this.#hingeCoefficients;
    const r = this.#hingeResponse;
    for (let h = 0, o = 0; h < this.#hingeFactors.length; h++, o += 4)
      this.#hingeFactors[h] =
        1 /
        (r[o] * c[o] +
          r[o + 1] * c[o + 1] +
          r[o + 2] * c[o + 2] +
          r[o + 3] * c[o + 3] +
          this.#hingeCompliance[h] * inverseStep2);
    this.#factorsInverseStep2 = inverseStep2;
  }

  /** Step 5. */
  #collide(body: DistanceGrid, { clearance, friction }: StepOptions): void {
    const p = this.positions;
    const before = this.#before;
    for (let i = 0; i < p.length; i += 3) {
      const distance = body.sample(p[i], p[i + 1], p[i + 2], gradient, clearance);
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

  /** Step 6. Moves each particle by `share` of the way to the mean of itself and its twin's mirror image. */
  #mirror(share: number): void {
    const p = this.positions;
    const twins = this.#twins;
    for (let i = 0; i < twins.length; i++) {
      const j = twins[i];
      if (j < i) continue;
      const x = (p[3 * i] + p[3 * j]) * 0.5 * share;
      const y = (p[3 * j + 1] - p[3 * i + 1]) * 0.5 * share;
      const z = (p[3 * j + 2] - p[3 * i + 2]) * 0.5 * share;
      p[3 * i] -= x;
      p[3 * i + 1] += y;
      p[3 * i + 2] += z;
      if (j === i) continue;
      p[3 * j] -= x;
      p[3 * j + 1] -= y;
      p[3 * j + 2] -= z;
    }
  }
}

/** Scratch. */
const gradient = new Float64Array(3);
