/**
 * Guesses the girths of the body that a garment was modelled on. The file holds only the garment, but no cloth is
 * modelled inside the body: the innermost cloth shows where the skin was. Also shifts the cloth at the hips along z
 * (forward), because rigs differ in how deep in the body their hip joints are.
 *
 * Each of three rounds:
 *
 * 1. Measure the distance of some 1,500 vertices from the skin of the body guessed so far.
 * 2. Build the least-squares equations for the changes of ten morph weights and of the shift. They are linear, since a
 *    morph moves the skin in proportion to its weight. Cloth inside the body has weight 1, cloth outside 0.04. Priors
 *    keep girths with little cloth over them near the mannequin's.
 * 3. Solve them, and change the weights and the positions.
 */
import { findNeighbours } from '../garment/find-neighbours.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import { type Mannequin, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint } from './surface-grid.ts';
import { TimeSlice } from './time-slice.ts';

/** The morphs whose weights are guessed. */
const girths: readonly MorphName[] = [
  'chest',
  'bust',
  'waist',
  'hip',
  'belly',
  'upperArm',
  'lowerArm',
  'thigh',
  'calf',
  'neck',
];
/**
 * Vertices of the cloth that each round samples: enough for the eleven unknowns, few enough to take the time of a frame
 * or two.
 */
const SAMPLES = 1500;
/** Cloth further from the skin than this is not sampled, metres: it tells nothing about the body beneath it. */
const REACH_METRES = 0.06;
/** Distance of the innermost cloth from the skin, metres. */
const NEXT_TO_SKIN_METRES = 0.004;
/**
 * Weight of a sample outside the skin; a sample inside the body has weight 1. Cloth may be away from the body, but
 * never inside it.
 */
const AIR_WEIGHT = 0.04;
/**
 * The priors, morph weight 0 for each girth and shift 0, have the weight of this many samples. For a girth the gradient
 * of these samples is 1 cm for a morph weight of 1 (squared below, m²); for the shift it is 1 m for 1 m.
 */
const PRIOR_SAMPLES = 40;
const PRIOR_SQUARED_METRES = 1e-4;
/** Largest absolute morph weight of a girth: the morphs were made for no more. */
const MAX_GIRTH_WEIGHT = 1.5;
/** Largest shift of the cloth at the hips along z, metres. */
const MAX_SHIFT_METRES = 0.04;
/** Rounds of sampling and solving. */
const ROUNDS = 3;

/** Cloth in the mannequin's rest pose. */
export interface CarriedCloth {
  /** 3 × vertices, metres. Shifted in place. */
  positions: Float32Array;
  /** By vertex: share of the hips' shift by which it moves, 0..1. */
  hipShares: Float32Array;
}

/**
 * Guesses the girths of the body that a garment was modelled on, writes them to `weights`, and shifts the cloth in
 * place (steps above). Between slices of the work the page gets time to draw. Without morphs in the mannequin it does
 * nothing.
 *
 * @param cloths All meshes of the garment.
 * @param mannequin The body whose girths are changed, with its morphs.
 * @param weights Morph weights in the order of `morphNames` (MORPH_COUNT). On call they hold the body's lengths; the
 * girths' weights are changed, within −1.5..1.5.
 */
export async function guessGirths(
  cloths: readonly CarriedCloth[],
  mannequin: Mannequin,
  weights: Float32Array,
): Promise<void> {
  if (mannequin.morphs.length === 0) return;
  const neighbours = findNeighbours(mannequin.indices, mannequin.positions.length / 3);
  const shape = createMannequinShape(mannequin);
  const vertexCount = cloths.reduce((sum, { positions }) => sum + positions.length / 3, 0);
  const step = Math.max(1, Math.floor(vertexCount / SAMPLES));
  const clearance = createClearance();
  const nearest: NearestPoint = { triangle: -1, u: 0, v: 0, distance: 0 };
  const unknowns = girths.length + 1;
  const shiftIndex = girths.length;
  let shiftMetres = 0;
  /** Decrease of a sample's distance from the skin, metres, when each unknown rises by 1. */
  const gradient = new Float64Array(unknowns);
  for (let round = 0; round < ROUNDS; round++) {
    await yieldToEventLoop();
    shapeMannequin(mannequin, weights, shape);
    await yieldToEventLoop();
    const grid = createSurfaceGrid(shape.positions, mannequin.indices);
    const equations = createEquations(weights, shiftMetres);
    for (const { positions, hipShares } of cloths) {
      await yieldToEventLoop();
      const slice = new TimeSlice();
      for (let i = 0; i < positions.length; i += 3 * step) {
        if (slice.isOver()) await slice.next();
        const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]];
        const { triangle, u, v } = findNearestPoint(grid, x, y, z, REACH_METRES, nearest);
        if (triangle < 0) continue;
        const corner = u >= v && u >= 1 - u - v ? 0 : v >= 1 - u - v ? 1 : 2;
        measureClearance(shape, neighbours, mannequin.indices[3 * triangle + corner], x, y, z, clearance);
        const o = 3 * clearance.vertex;
        gradient[shiftIndex] = -hipShares[i / 3] * clearance.z;
        for (let g = 0; g < girths.length; g++) {
          const morph = mannequin.morphs[morphIndex[girths[g]]].positions;
          gradient[g] = morph[o] * clearance.x + morph[o + 1] * clearance.y + morph[o + 2] * clearance.z;
        }
        const excess = clearance.distance - NEXT_TO_SKIN_METRES;
        addSample(equations, gradient, excess, excess < 0 ? 1 : AIR_WEIGHT);
      }
    }
    const change = solve(equations);
    const wanted = Math.min(MAX_SHIFT_METRES, Math.max(-MAX_SHIFT_METRES, shiftMetres + change[shiftIndex]));
    for (const { positions, hipShares } of cloths)
      for (let i = 2; i < positions.length; i += 3) positions[i] += (wanted - shiftMetres) * hipShares[(i - 2) / 3];
    shiftMetres = wanted;
    girths.forEach((name, g) => {
      const weight = weights[morphIndex[name]] + change[g];
      weights[morphIndex[name]] = Math.min(MAX_GIRTH_WEIGHT, Math.max(-MAX_GIRTH_WEIGHT, weight));
    });
  }
}

/**
 * Creates n equations that hold the priors alone, each as n coefficients and the right side. The unknowns are the
 * changes of the girths' weights and of the shift; the priors pull weight plus change, and shift plus change, to 0.
 */
function createEquations(weights: Float32Array, shiftMetres: number): Float64Array[] {
  const n = girths.length + 1;
  const equations = Array.from({ length: n }, () => new Float64Array(n + 1));
  girths.forEach((name, g) => {
    equations[g][g] = PRIOR_SAMPLES * PRIOR_SQUARED_METRES;
    equations[g][n] = -PRIOR_SAMPLES * PRIOR_SQUARED_METRES * weights[morphIndex[name]];
  });
  equations[n - 1][n - 1] = PRIOR_SAMPLES;
  equations[n - 1][n] = -PRIOR_SAMPLES * shiftMetres;
  return equations;
}

/** Adds a sample to the equations: Σ change × `gradient` = `excess` (metres), with this weight. */
function addSample(equations: Float64Array[], gradient: Float64Array, excess: number, weight: number): void {
  const n = gradient.length;
  for (let g = 0; g < n; g++) {
    if (gradient[g] === 0) continue;
    for (let h = 0; h < n; h++) equations[g][h] += weight * gradient[g] * gradient[h];
    equations[g][n] += weight * gradient[g] * excess;
  }
}

/** Solves n equations by Gaussian elimination, in place, and returns the n unknowns. The priors keep them regular. */
function solve(equations: Float64Array[]): Float64Array {
  const n = equations.length;
  for (let p = 0; p < n; p++) {
    for (let r = p + 1; r < n; r++) {
      const factor = equations[r][p] / equations[p][p];
      for (let c = p; c <= n; c++) equations[r][c] -= factor * equations[p][c];
    }
  }
  const result = new Float64Array(n);
  for (let p = n - 1; p >= 0; p--) {
    let sum = equations[p][n];
    for (let c = p + 1; c < n; c++) sum -= equations[p][c] * result[c];
    result[p] = sum / equations[p][p];
  }
  return result;
}
