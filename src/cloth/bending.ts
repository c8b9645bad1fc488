import type { Hinge } from './connect-sheet.ts';

/**
 * The resistance of a sheet of cloth to bending. Its hinges have the quadratic energy of Bergou et al. 2006, whose force
 * is linear even for small angles, so that no fine zigzag survives.
 */
export class Bending {
  /** Four particles for each hinge, as indices of their first coordinates, and their coefficients in its energy. */
  readonly #particles: Int32Array;
  readonly #coefficients: Float64Array;
  readonly #compliances: Float64Array;
  /** Inverse mass × coefficient, four for each hinge. */
  readonly #responses: Float64Array;
  /** 1 / (Σ inverse mass × coefficient² + compliance / step²), for `#factorsInverseStep2`. */
  readonly #factors: Float64Array;
  #factorsInverseStep2 = NaN;

  /**
   * @param inverseMass by particle, 1/kg.
   * @param bend bending stiffness of the cloth, N·m.
   */
  constructor(hinges: readonly Hinge[], inverseMass: Float64Array, bend: number) {
    this.#particles = Int32Array.from(hinges.flatMap(({ particles }) => particles.map((i) => 3 * i)));
    this.#coefficients = Float64Array.from(hinges.flatMap(({ coefficients }) => coefficients));
    this.#compliances = Float64Array.from(hinges, ({ area, stiffness }) => area / (3 * bend * stiffness));
    this.#responses = this.#coefficients.map((c, i) => inverseMass[this.#particles[i] / 3] * c);
    this.#factors = new Float64Array(hinges.length);
  }

  /**
   * Moves particles as the hinges demand in one step: one pass, in the order of the hinges. Written out axis by axis: a
   * loop over the axes takes longer.
   *
   * @param p 3 × particles, metres; changed in place.
   * @param inverseStep2 1 / step², 1/s².
   */
  solve(p: Float64Array, inverseStep2: number): void {
    if (inverseStep2 !== this.#factorsInverseStep2) this.#computeFactors(inverseStep2);
    const particles = this.#particles;
    const coefficients = this.#coefficients;
    const responses = this.#responses;
    const factors = this.#factors;
    for (let h = 0, o = 0; h < factors.length; h++, o += 4) {
      const a = particles[o];
      const b = particles[o + 1];
      const d = particles[o + 2];
      const e = particles[o + 3];
      const ca = coefficients[o];
      const cb = coefficients[o + 1];
      const cd = coefficients[o + 2];
      const ce = coefficients[o + 3];
      const ra = responses[o];
      const rb = responses[o + 1];
      const rd = responses[o + 2];
      const re = responses[o + 3];
      const factor = factors[h];
      const x = (ca * p[a] + cb * p[b] + cd * p[d] + ce * p[e]) * factor;
      const y = (ca * p[a + 1] + cb * p[b + 1] + cd * p[d + 1] + ce * p[e + 1]) * factor;
      const z = (ca * p[a + 2] + cb * p[b + 2] + cd * p[d + 2] + ce * p[e + 2]) * factor;
      p[a] -= ra * x;
      p[a + 1] -= ra * y;
      p[a + 2] -= ra * z;
      p[b] -= rb * x;
      p[b + 1] -= rb * y;
      p[b + 2] -= rb * z;
      p[d] -= rd * x;
      p[d + 1] -= rd * y;
      p[d + 2] -= rd * z;
      p[e] -= re * x;
      p[e + 1] -= re * y;
      p[e + 2] -= re * z;
    }
  }

  #computeFactors(inverseStep2: number): void {
    const c = this.#coefficients;
    const r = this.#responses;
    for (let h = 0, o = 0; h < this.#factors.length; h++, o += 4)
      this.#factors[h] =
        1 /
        (r[o] * c[o] +
          r[o + 1] * c[o + 1] +
          r[o + 2] * c[o + 2] +
          r[o + 3] * c[o + 3] +
          this.#compliances[h] * inverseStep2);
    this.#factorsInverseStep2 = inverseStep2;
  }
}
