import { findNeighbours } from '../garment/find-neighbours.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import { type Mannequin, type MorphName, morphIndex } from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { createSurfaceGrid, findNearestPoint, type NearestPoint } from './surface-grid.ts';
import { TimeSlice } from './time-slice.ts';

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
 * Vertices of the cloth that are looked at in each round: enough for eleven unknowns, few enough for a frame or two.
 */
const SAMPLES = 1500;
/** Cloth further out than this says nothing about the body beneath it, metres. */
const REACH_METRES = 0.06;
/** Distance of the innermost cloth from the skin, metres. */
const NEXT_TO_SKIN_METRES = 0.004;
/**
 * Weight of a sample that lies off the skin; a sample inside the body weighs 1. Cloth may hang off, but lies in no
 * body.
 */
const AIR_WEIGHT = 0.04;
/**
 * Weight of the mannequin's own girths and of no shift: as that of 40 samples, each of which a morph weight of 1 moves
 * by 1 cm, squared here, and a shift by as much as it shifts.
 */
const PRIOR_SAMPLES = 40;
const PRIOR_SQUARED_METRES = 1e-4;
/** Largest morph weight of a girth: the morphs were made for no more. */
const MAX_GIRTH_WEIGHT = 1.5;
/** Largest shift of the cloth at the hips, metres. */
const MAX_SHIFT_METRES = 0.04;
const ROUNDS = 3;

/** Cloth in the mannequin's rest pose. */
export interface CarriedCloth {
  /** 3 × vertices, metres. Shifted in place. */
  positions: Float32Array;
  /** By vertex: share in which it is shifted with the hips, 0..1. */
  hipShares: Float32Array;
}

/**
 * Guesses the girths of the body that cloth was modelled on. The file shows only the garment, but no cloth was modelled
 * inside the body; so the body is slimmed or widened until its skin touches the innermost cloth. Also shifts the cloth
 * at the hips forwards or back, in place: rigs differ in how deep in the body their hip joints lie.
 *
 * In each of three rounds:
 *
 * 1. Measures the distance of some 1,500 vertices from the skin of the present guess.
 * 2. Builds the least-squares equations for the change of ten girths and of the shift: linear, since a morph moves the
 *    skin along its normal in proportion to its weight. Cloth inside the body counts in full, cloth off it hardly.
 *    Girths over which there is little cloth stay near the mannequin's.
 * 3. Solves them, and changes morph weights and cloth.
 *
 * @param cloths All cloth of the garment.
 * @param weights MORPH_COUNT, with the body's lengths; girths are changed in place.
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
  /** How much each unknown lessens the distance of a sample from the skin, metres for 1. */
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
 * Equations that hold the priors alone: each is n factors and the right side. They pull the whole value, not its
 * change.
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

/** Adds a sample: the changes times `gradient` shall sum to `excess`. */
function addSample(equations: Float64Array[], gradient: Float64Array, excess: number, weight: number): void {
  const n = gradient.length;
  for (let g = 0; g < n; g++) {
    if (gradient[g] === 0) continue;
    for (let h = 0; h < n; h++) equations[g][h] += weight * gradient[g] * gradient[h];
    equations[g][n] += weight * gradient[g] * excess;
  }
}

/** Solves n equations by elimination, in place. The priors on the diagonal keep them regular. */
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
