/**
 * Widens the skin of the trunk at one level, and leaves its depth and the joints in place: the morphs of
 * `trunkBreadths`. With them the mannequin takes on trunks whose waist is higher or lower, or whose hips are rounder,
 * than the girths of the survey tell.
 *
 * The displacement is sideways, and proportional to the distance from the middle of the body, so that the outermost
 * skin moves by the weight's centimetres. Over the level it is a cubic B-spline; the splines of all six morphs add up
 * to an even widening. Arms, neck and head stay in place.
 */
import { boneIndex, type MorphName, morphNames } from '../../src/mannequin/mannequin.ts';
import { regions } from '../../src/mannequin/regions.ts';
import { morphExtent } from './morph-extent.ts';

/** The morphs, from below: the last of all. */
export const trunkBreadths: readonly MorphName[] = morphNames.slice(morphNames.indexOf('thighTopBreadth'));
/** Level of the lowest morph, and from one to the next: 0 is the height of the hip joints, 1 of the upper chest's. */
const LOWEST_LEVEL = -0.15;
const LEVEL_STEP = 0.2;
/** In levels: distance of the slices at which half breadths are measured, and half the height of the skin of each. */
const SLICE_LEVEL = 0.025;
const SLICE_HALF = 0.03;
/** Regions of bones whose skin is widened, and their share of a vertex from which it counts for the half breadths. */
const MIN_SHARE = 0.9;
const WIDENED = ['trunk', 'thigh', 'clavicle'];

/** Skin of a body: 3 × vertices metres; 4 × vertices bones, and their weights. */
export interface TrunkSkin {
  positions: ArrayLike<number>;
  indices: ArrayLike<number>;
  weights: ArrayLike<number>;
  /** 3 × BONE_COUNT, metres. */
  joints: ArrayLike<number>;
}

/** The uniform cubic B-spline: 2/3 in its middle, 0 from 2 steps on. */
function spline(steps: number): number {
  const x = Math.abs(steps);
  if (x >= 2) return 0;
  return x < 1 ? 2 / 3 - x * x + x ** 3 / 2 : (2 - x) ** 3 / 6;
}

/** Returns the displacement of each vertex by a weight of 1 of the morph `name`, 3 × vertices, metres. */
export function widenTrunk({ positions, indices, weights, joints }: TrunkSkin, name: MorphName): Float32Array {
  const hips = joints[3 * boneIndex.leftUpperLeg + 1]!;
  const trunk = joints[3 * boneIndex.upperChest + 1]! - hips;
  const middle = LOWEST_LEVEL + LEVEL_STEP * trunkBreadths.indexOf(name);
  const count = positions.length / 3;
  const levels = Float64Array.from({ length: count }, (_, v) => (positions[3 * v + 1]! - hips) / trunk);
  const shares = Float64Array.from({ length: count }, (_, v) =>
    [0, 1, 2, 3].reduce(
      (sum, k) => sum + (WIDENED.includes(regions[indices[4 * v + k]!]!.region) ? weights[4 * v + k]! : 0),
      0,
    ),
  );
  const halves = new Map<number, number>();
  /** Returns the half breadth of slice `slice`, metres. */
  const halfOf = (slice: number): number => {
    const known = halves.get(slice);
    if (known !== undefined) return known;
    let half = 0;
    for (let v = 0; v < count; v++)
      if (shares[v]! > MIN_SHARE && Math.abs(levels[v]! - slice * SLICE_LEVEL) < SLICE_HALF)
        half = Math.max(half, Math.abs(positions[3 * v]!));
    halves.set(slice, half);
    return half;
  };
  const displacements = new Float32Array(3 * count);
  for (let v = 0; v < count; v++) {
    const share = shares[v]! * spline((levels[v]! - middle) / LEVEL_STEP);
    if (share === 0) continue;
    const slice = Math.floor(levels[v]! / SLICE_LEVEL);
    const part = levels[v]! / SLICE_LEVEL - slice;
    const half = halfOf(slice) * (1 - part) + halfOf(slice + 1) * part;
    displacements[3 * v] = (morphExtent[name] * share * positions[3 * v]!) / half;
  }
  return displacements;
}
