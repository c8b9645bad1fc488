import { findNeighbours } from '../garment/find-neighbours.ts';
import { createClearance, measureClearance } from '../garment/measure-clearance.ts';
import {
  type BoneName,
  boneIndex,
  type Mannequin,
  MORPH_COUNT,
  type MorphName,
  morphIndex,
} from '../mannequin/mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { createSurfaceGrid, findNearestPoint } from './surface-grid.ts';

/** Furthest that a length goes from the mannequin's own, relatively; a garment for a longer limb is shortened. */
const MAX_DEVIATION = 0.25;

type Segment = readonly [BoneName, BoneName];
/** Lengths that a skeleton tells, each by the mean of its segments. */
const lengthsOf: readonly (readonly [MorphName, readonly Segment[]])[] = [
  [
    'trunkLength',
    [
      ['hips', 'leftUpperArm'],
      ['hips', 'rightUpperArm'],
      ['hips', 'neck'],
      ['hips', 'neck'],
    ],
  ],
  [
    'upperArmLength',
    [
      ['leftUpperArm', 'leftLowerArm'],
      ['rightUpperArm', 'rightLowerArm'],
    ],
  ],
  [
    'lowerArmLength',
    [
      ['leftLowerArm', 'leftHand'],
      ['rightLowerArm', 'rightHand'],
    ],
  ],
  [
    'upperLegLength',
    [
      ['leftUpperLeg', 'leftLowerLeg'],
      ['rightUpperLeg', 'rightLowerLeg'],
    ],
  ],
  [
    'lowerLegLength',
    [
      ['leftLowerLeg', 'leftFoot'],
      ['rightLowerLeg', 'rightFoot'],
    ],
  ],
  ['shoulderBreadth', [['leftUpperArm', 'rightUpperArm']]],
];

/**
 * The body whose skeleton this is (rest joints 3 × BONE_COUNT, metres), as weights of the mannequin's lengths. A trunk is
 * as long as the height of its joints, whether it bends or not.
 */
export function guessLengths(own: Float32Array, { joints, morphs }: Mannequin): Float32Array {
  const weights = new Float32Array(MORPH_COUNT);
  if (morphs.length === 0) return weights;
  const changed = joints.slice();
  for (const [name, segments] of lengthsOf) {
    const morph = morphs[morphIndex[name]];
    for (let i = 0; i < joints.length; i++) changed[i] = joints[i] + morph.joints[i];
    const measure = (points: Float32Array): number =>
      segments.reduce((sum, [a, b]) => sum + length(points, a, b, name === 'trunkLength'), 0);
    const base = measure(joints);
    const perUnit = measure(changed) - base;
    const wanted = Math.min(base * (1 + MAX_DEVIATION), Math.max(base * (1 - MAX_DEVIATION), measure(own)));
    if (perUnit > 0) weights[morphIndex[name]] = (wanted - base) / perUnit;
  }
  return weights;
}

function length(points: Float32Array, from: BoneName, to: BoneName, upright: boolean): number {
  const a = 3 * boneIndex[from];
  const b = 3 * boneIndex[to];
  return upright
    ? points[b + 1] - points[a + 1]
    : Math.hypot(points[a] - points[b], points[a + 1] - points[b + 1], points[a + 2] - points[b + 2]);
}

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
/** Cloth samples looked at: enough for ten numbers, few enough for a frame or two. */
const SAMPLES = 1500;
/** Cloth further out than this says nothing of the body beneath, metres. */
const REACH_METRES = 0.06;
/** Innermost cloth lies this far from skin, metres. */
const NEXT_TO_SKIN_METRES = 0.004;
/** Cloth may hang off the body but not be in it: what air counts against what lies inside. */
const AIR_WEIGHT = 0.04;
/** Pulls a girth that little cloth speaks of to the mannequin's own: as if by so many samples of 1 cm a unit. */
const PRIOR_SAMPLES = 40;
/** Girths stay within what the morphs were made for. */
const MAX_GIRTH_WEIGHT = 1.5;
const ROUNDS = 3;
/** Longest that samples hold the page up at a time, milliseconds. */
const SLICE_MS = 8;

/** Cloth that was carried to the mannequin, with the shares (by vertex) in which it goes forwards and back with the hips. */
export interface CarriedCloth {
  positions: Float32Array;
  shares: Float32Array;
}

/** Nothing is moved at the hips further than this, metres. */
const MAX_SHIFT_METRES = 0.04;

/**
 * Slims or widens the body of `weights` (MORPH_COUNT, changed in place) until cloth modelled on it, all of it together, lies
 * on its skin: the file shows the garment, not its wearer, yet no cloth was modelled inside the body. Asymmetric least
 * squares: cloth inside counts in full, air hardly. How deep in the body the hip joints lie is a rig's taste, so cloth
 * is moved forwards or back there too, in place.
 */
export async function guessGirths(
  cloths: readonly CarriedCloth[],
  mannequin: Mannequin,
  weights: Float32Array,
): Promise<void> {
  if (mannequin.morphs.length === 0) return;
  const neighbours = findNeighbours(mannequin.indices, mannequin.positions.length / 3);
  const shape = createMannequinShape(mannequin);
  const total = cloths.reduce((sum, { positions }) => sum + positions.length / 3, 0);
  const step = Math.max(1, Math.floor(total / SAMPLES));
  const clearance = createClearance();
  const nearest = { triangle: -1, u: 0, v: 0, distance: 0 };
  // The girths, and the shift of the hips.
  const n = girths.length + 1;
  let shift = 0;
  const row = new Float64Array(n);
  for (let round = 0; round < ROUNDS; round++) {
    shapeMannequin(mannequin, weights, shape);
    const grid = createSurfaceGrid(shape.positions, mannequin.indices);
    const matrix = Array.from({ length: n }, () => new Float64Array(n + 1));
    matrix[n - 1][n - 1] = PRIOR_SAMPLES;
    matrix[n - 1][n] = -PRIOR_SAMPLES * shift;
    for (let g = 0; g < girths.length; g++) {
      // The prior holds the whole weight, not this round's change.
      matrix[g][g] = PRIOR_SAMPLES * 1e-4;
      matrix[g][n] = -PRIOR_SAMPLES * 1e-4 * weights[morphIndex[girths[g]]];
    }
    for (const { positions, shares } of cloths) {
      await yieldToEventLoop();
      let sliceEnd = performance.now() + SLICE_MS;
      for (let i = 0; i < positions.length; i += 3 * step) {
        if (performance.now() > sliceEnd) {
          await yieldToEventLoop();
          sliceEnd = performance.now() + SLICE_MS;
        }
        const [x, y, z] = [positions[i], positions[i + 1], positions[i + 2]];
        const { triangle, u, v } = findNearestPoint(grid, x, y, z, REACH_METRES, nearest);
        if (triangle < 0) continue;
        const corner = u >= v && u >= 1 - u - v ? 0 : v >= 1 - u - v ? 1 : 2;
        measureClearance(shape, neighbours, mannequin.indices[3 * triangle + corner], x, y, z, clearance);
        const o = 3 * clearance.vertex;
        row[n - 1] = -shares[i / 3] * clearance.z;
        for (let g = 0; g < girths.length; g++) {
          const morph = mannequin.morphs[morphIndex[girths[g]]].positions;
          row[g] = morph[o] * clearance.x + morph[o + 1] * clearance.y + morph[o + 2] * clearance.z;
        }
        const short = clearance.distance - NEXT_TO_SKIN_METRES;
        const weight = short < 0 ? 1 : AIR_WEIGHT;
        for (let g = 0; g < n; g++) {
          if (row[g] === 0) continue;
          for (let h = 0; h < n; h++) matrix[g][h] += weight * row[g] * row[h];
          matrix[g][n] += weight * row[g] * short;
        }
      }
    }
    const change = solve(matrix);
    const wanted = Math.min(MAX_SHIFT_METRES, Math.max(-MAX_SHIFT_METRES, shift + change[n - 1]));
    for (const { positions, shares } of cloths)
      for (let i = 2; i < positions.length; i += 3) positions[i] += (wanted - shift) * shares[(i - 2) / 3];
    shift = wanted;
    girths.forEach((name, g) => {
      const weight = weights[morphIndex[name]] + change[g];
      weights[morphIndex[name]] = Math.min(MAX_GIRTH_WEIGHT, Math.max(-MAX_GIRTH_WEIGHT, weight));
    });
  }
}

/** Solves n equations, each a row of n factors and the right side, by elimination; the prior on the diagonal keeps them regular. */
function solve(rows: Float64Array[]): Float64Array {
  const n = rows.length;
  for (let p = 0; p < n; p++) {
    for (let r = p + 1; r < n; r++) {
      const factor = rows[r][p] / rows[p][p];
      for (let c = p; c <= n; c++) rows[r][c] -= factor * rows[p][c];
    }
  }
  const result = new Float64Array(n);
  for (let p = n - 1; p >= 0; p--) {
    let sum = rows[p][n];
    for (let c = p + 1; c < n; c++) sum -= rows[p][c] * result[c];
    result[p] = sum / rows[p][p];
  }
  return result;
}
