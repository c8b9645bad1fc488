import { factorCholesky, solveCholesky } from './cholesky.ts';

/**
 * Weighted linear least squares in `size` parameters, for one step of Gauss-Newton: collects residuals with their
 * derivatives as normal equations, and solves them by Cholesky's decomposition. Allocates nothing after construction.
 *
 * For each residual call `derive` for each parameter that it depends on, then `add`.
 */
export class LeastSquares {
  /** After `solve`: the change of each parameter, in its own unit, that makes the sum of squares least. */
  readonly step: Float64Array;
  readonly #size: number;
  /** Lower triangle of the normal matrix, line by line: size × size. */
  readonly #normal: Float64Array;
  /** The derivatives of the residual in progress: `#count` parameters and their values. */
  readonly #parameters: Int32Array;
  readonly #derivatives: Float64Array;
  #count = 0;

  /** `size`: number of parameters. */
  constructor(size: number) {
    this.#size = size;
    this.step = new Float64Array(size);
    this.#normal = new Float64Array(size * size);
    this.#parameters = new Int32Array(size);
    this.#derivatives = new Float64Array(size);
  }

  /** Forgets all residuals. */
  clear(): void {
    this.#normal.fill(0);
    this.step.fill(0);
    this.#count = 0;
  }

  /** Sets the derivative of the residual in progress by parameter number `parameter`, from 0; once for each. */
  derive(parameter: number, derivative: number): void {
    this.#parameters[this.#count] = parameter;
    this.#derivatives[this.#count++] = derivative;
  }

  /** Adds the residual in progress: its present value, and the standard deviation expected of it, in its unit. */
  add(residual: number, deviation: number): void {
    const weight = 1 / (deviation * deviation);
    for (let i = 0; i < this.#count; i++) {
      const line = this.#parameters[i];
      const weighted = weight * this.#derivatives[i];
      this.step[line] -= weighted * residual;
      for (let j = 0; j < this.#count; j++) {
        const column = this.#parameters[j];
        if (column <= line) this.#normal[line * this.#size + column] += weighted * this.#derivatives[j];
      }
    }
    this.#count = 0;
  }

  /**
   * Writes `step`. `damping`: share by which the diagonal of the normal matrix is raised, which shortens the steps of
   * parameters that the residuals hardly determine (Levenberg and Marquardt).
   *
   * @returns false, with `step` unusable, if the residuals do not determine all parameters.
   */
  solve(damping = 0): boolean {
    for (let i = 0; i < this.#size; i++) this.#normal[i * this.#size + i] *= 1 + damping;
    if (!factorCholesky(this.#normal, this.#size)) return false;
    solveCholesky(this.#normal, this.#size, this.step);
    return true;
  }
}
