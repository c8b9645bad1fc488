// Solves for the shape of one shopper: the most probable morph weights of the mannequin, given what was seen.
//
// 1. Before anything is seen, a body is one of the population: of a woman or a man, in fitted, loose or very loose
//    clothes. Each of these six is a component, a normal distribution (`createShapeComponent`).
// 2. `solve` finds the most probable weights of each component, given the evidence (`solveShapeComponent`). Components
//    that the evidence has ruled out take turns, one a frame.
// 3. Mix the six solutions by how probable each component makes what was seen.
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import { population } from '../mannequin/population.ts';
import { invertCholesky } from '../math/cholesky.ts';
import { clothesPriors } from './clothes-priors.ts';
import type { ArmpitExcess } from './measure-armpit-excess.ts';
import { createShapeComponent, factorCovariance, solveShapeComponent, squaredDistance } from './shape-component.ts';
import {
  FIRST_MORPH_UNKNOWN,
  FIRST_SHARED_UNKNOWN,
  SCALE_UNKNOWN,
  SHAPE_UNKNOWNS,
  ShapeEquations,
} from './shape-equations.ts';
import type { MeasureKind, ShapeEvidence } from './shape-evidence.ts';
import { SHARED_UNKNOWNS } from './shared-unknowns.ts';

/** Rounds of weighing by residuals in the first solution. Later ones start at the last solution and need one. */
const FIRST_ROUNDS = 5;
/** Components with a smaller share are ruled out: they do not count in the covariance. */
const MIN_SHARE = 1e-6;

/** What is known of a shape. */
export interface ShapeEstimate {
  /** Mean of the morph weights, MORPH_COUNT. */
  readonly weights: Float64Array;
  /** True metres to one of the tracker's. */
  scale: number;
  /** Means of the unknowns that measures share (`sharesOf`): errors of the mask, thickness of clothes; metres. */
  readonly shared: Float64Array;
}

/** Solves for the shape of one shopper, and keeps the solution as the start of the next. */
export interface ShapeSolver {
  readonly estimate: ShapeEstimate;
  /** Writes `estimate` by all that was seen: `evidence` holds it as equations of the weights. Allocates nothing. */
  solve(evidence: ShapeEvidence): void;
  /** Returns the covariance of the morph weights given what was seen, MORPH_COUNT × MORPH_COUNT, row after row. */
  covariance(evidence: ShapeEvidence): Float64Array;
  /**
   * Returns how far a shape is from the estimate, given what was seen when `solve` was last called: its squared distance
   * in standard deviations of what is not known of it. That is the number of weights, if each is off by one. Woman and
   * man may be equally probable, and the estimate lies between them: both are far from it. `weights`: MORPH_COUNT.
   * Allocates nothing.
   */
  squaredDeviation(weights: ArrayLike<number>): number;
  /** Returns to the population's mean. */
  reset(): void;
}

/**
 * Creates a solver that has seen nothing. `kinds`: the measures of the evidence that it will get; `excesses`: by how
 * much the mannequin's trunk is broader at the armpits than below.
 */
export function createShapeSolver(kinds: readonly MeasureKind[], excesses: readonly ArmpitExcess[]): ShapeSolver {
  const equations = new ShapeEquations(kinds);
  const components = (['female', 'male'] as const).flatMap((sex) =>
    clothesPriors(sex).map((clothes) => createShapeComponent(population[sex], clothes, excesses)),
  );
  const shares = new Float64Array(components.length);
  const estimate: ShapeEstimate = {
    weights: new Float64Array(MORPH_COUNT),
    scale: 1,
    shared: new Float64Array(SHARED_UNKNOWNS),
  };
  let isNew = true;
  /** Index of the component whose turn it is, ruled out or not. */
  let turn = 0;

  function mix(): void {
    let highest = -Infinity;
    for (const { logEvidence } of components) highest = Math.max(highest, logEvidence);
    let total = 0;
    for (let i = 0; i < components.length; i++) total += shares[i] = Math.exp(components[i].logEvidence - highest);
    estimate.weights.fill(0);
    estimate.scale = 0;
    estimate.shared.fill(0);
    for (let i = 0; i < components.length; i++) {
      const { solution } = components[i];
      const share = (shares[i] /= total);
      for (let m = 0; m < MORPH_COUNT; m++) estimate.weights[m] += share * solution[FIRST_MORPH_UNKNOWN + m];
      estimate.scale += share * solution[SCALE_UNKNOWN];
      for (let i = 0; i < SHARED_UNKNOWNS; i++) estimate.shared[i] += share * solution[FIRST_SHARED_UNKNOWN + i];
    }
  }

  return {
    estimate,
    solve(evidence) {
      equations.read(evidence);
      turn = (turn + 1) % components.length;
      for (let i = 0; i < components.length; i++) {
        if (isNew || i === turn || shares[i] >= MIN_SHARE)
          solveShapeComponent(components[i], equations, isNew ? FIRST_ROUNDS : 1);
      }
      isNew = false;
      mix();
    },
    covariance(evidence) {
      equations.read(evidence);
      const mixed = new Float64Array(MORPH_COUNT * MORPH_COUNT);
      components.forEach((component, c) => {
        if (shares[c] < MIN_SHARE) return;
        const weights = component.solution.subarray(FIRST_MORPH_UNKNOWN);
        const inverse = invertCholesky(factorCovariance(component, equations), SHAPE_UNKNOWNS);
        for (let i = 0; i < MORPH_COUNT; i++) {
          const start = (FIRST_MORPH_UNKNOWN + i) * SHAPE_UNKNOWNS + FIRST_MORPH_UNKNOWN;
          for (let j = 0; j < MORPH_COUNT; j++) {
            const apart = (weights[i] - estimate.weights[i]) * (weights[j] - estimate.weights[j]);
            mixed[i * MORPH_COUNT + j] += shares[c] * (inverse[start + j] + apart);
          }
        }
      });
      return mixed;
    },
    squaredDeviation(weights) {
      let sum = 0;
      for (let i = 0; i < components.length; i++)
        if (shares[i] >= MIN_SHARE) sum += shares[i] * squaredDistance(components[i], weights, estimate.weights);
      return sum;
    },
    reset() {
      for (const { solution, mean } of components) solution.set(mean);
      isNew = true;
      turn = 0;
    },
  };
}
