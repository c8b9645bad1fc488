// Finds where a part of the body (trunk, neck or limb) ends in the person mask, along a line across the part.
//
// 1. `findLimbs` computes where other limbs, which may hide the part's outline, cross the line.
// 2. `followOutline` follows the mask from the middle of the line to one side, and tells the outline of the part from
//    that of a limb beside it.
import { boneIndex } from '../mannequin/mannequin.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { measureSilhouette } from './measure-silhouette.ts';

/** The outline is looked for as far as this many half-widths of the mannequin from the middle. */
const REACH = 2.2;

/** A bone of a limb that may hide the outline of another part, from joint to joint. */
export interface HidingBone {
  /** Indices into `boneNames`. */
  from: number;
  to: number;
  /** Half its breadth, metres, clothes included. */
  radius: number;
  /** Share of the bone's length to which the limb reaches. */
  reach: number;
}

/** Returns upper arm and forearm of one side. */
function armBones(side: 'left' | 'right'): HidingBone[] {
  return [
    { from: boneIndex[`${side}UpperArm`], to: boneIndex[`${side}LowerArm`], radius: 0.05, reach: 1 },
    // A hand reaches beyond its joint by about half of a forearm.
    { from: boneIndex[`${side}LowerArm`], to: boneIndex[`${side}Hand`], radius: 0.042, reach: 1.6 },
  ];
}

/** Returns thigh and shank of one side. */
function legBones(side: 'left' | 'right'): HidingBone[] {
  return [
    { from: boneIndex[`${side}UpperLeg`], to: boneIndex[`${side}LowerLeg`], radius: 0.08, reach: 1 },
    { from: boneIndex[`${side}LowerLeg`], to: boneIndex[`${side}Foot`], radius: 0.06, reach: 1 },
  ];
}

const ARMS = [...armBones('left'), ...armBones('right')];
/** The limbs that may hide the outline of a part: arms that of the trunk, arms and the other leg that of a leg. */
export const HIDING_LIMBS = {
  trunk: ARMS,
  leftLeg: [...ARMS, ...legBones('right')],
  rightLeg: [...ARMS, ...legBones('left')],
  none: [],
} as const;
/** Samples along a limb's bone. */
const LIMB_STEPS = 8;
/** The outline is taken for a limb's as far as this from where the limb is expected, metres. */
const LIMB_MARGIN_METRES = 0.025;
/** Share of its radius by which a hanging arm overlaps the trunk in the picture: the mean over random bodies. */
const LIMB_OVERLAP = 0.75;
/** Width of the background between trunk and arm up to which the arm is looked for, metres. */
const GAP_METRES = 0.12;
/** Coverage, 0..255, from which a mask's pixel belongs to the person. */
const MIN_COVERAGE = 128;

/** A line across a part of the body, in the picture. */
export interface OutlineLine {
  /** Its middle, mask pixels. */
  px: number;
  py: number;
  /** Its middle on the plane z = −1 in camera space. */
  x: number;
  y: number;
  /** Its direction, unit vector, y upwards. */
  ax: number;
  ay: number;
  /** Distance of the part from the camera, metres. */
  depth: number;
  /** Mask pixels to a metre at that distance. */
  pixels: number;
  /** Half of the mannequin's breadth there, metres. */
  predicted: number;
  /** Nearer to the middle than this, metres, the mask ends at a hole, or between the thighs: not at the outline. */
  nearest: number;
}

/** One side of a line. */
export interface OutlineSide {
  /** Distance of the outline from the line's middle, metres. */
  metres: number;
  /**
   * `part`: the outline is the part's own. `limb`: a limb beside it hides it, `metres` is that limb's inner side. `bound`:
   * a limb in front of it may be what is seen, the part does not reach further. `none`: not seen.
   */
  end: 'part' | 'limb' | 'bound' | 'none';
}

/** The limbs that hide the current line, and where they are on it: metres from its middle, by bone. */
let hiding: readonly HidingBone[] = HIDING_LIMBS.none;
const limbLow = new Float64Array(HIDING_LIMBS.leftLeg.length);
const limbHigh = new Float64Array(HIDING_LIMBS.leftLeg.length);

/**
 * Finds where limbs cross a line, for the calls of `followOutline` after it. Allocates nothing.
 *
 * @param limbs The bones of the limbs that may hide the line's part: one of `HIDING_LIMBS`.
 * @param body Its `positions`, the joints of all bones in the order of `boneNames`: x, y, z, metres, camera space.
 */
export function findLimbs(limbs: readonly HidingBone[], { positions }: PosedBody, line: OutlineLine): void {
  const { x, y, ax, ay, depth } = line;
  hiding = limbs;
  for (let i = 0; i < limbs.length; i++) {
    const { from, to, radius, reach } = limbs[i];
    limbLow[i] = Infinity;
    limbHigh[i] = -Infinity;
    for (let step = 0; step <= LIMB_STEPS; step++) {
      const t = (reach * step) / LIMB_STEPS;
      const pz = positions[3 * from + 2] * (1 - t) + positions[3 * to + 2] * t;
      const px = (positions[3 * from] * (1 - t) + positions[3 * to] * t) / -pz - x;
      const py = (positions[3 * from + 1] * (1 - t) + positions[3 * to + 1] * t) / -pz - y;
      if (Math.abs(px * ay - py * ax) * depth > 2 * radius) continue;
      const along = (px * ax + py * ay) * depth;
      limbLow[i] = Math.min(limbLow[i], along - radius);
      limbHigh[i] = Math.max(limbHigh[i], along + radius);
    }
  }
}

/**
 * Follows the mask from the middle of a line to one side, to where the person ends. Writes `target`. Allocates nothing.
 *
 * 1. If the mask ends nearer than `line.nearest`, the outline is not seen.
 * 2. If the mask begins again within 12 cm, the background between is the gap to a limb: the outline is the part's.
 * 3. If no limb is near, the outline is the part's.
 * 4. Otherwise a limb is beside the part: its inner side is about where the part ends. If that is nearer than half of
 *    `line.predicted`, the limb is in front of the part, and the outline is either's: a bound.
 *
 * An outline further away than `REACH` is not seen either.
 *
 * @param mask Coverage 0..255 by the person, rows from the top.
 * @param line A line across the part; `findLimbs` was called for it.
 * @param sign 1: along (ax, ay); −1: against it.
 * @param target Receives the distance of the outline from the line's middle, metres, and what it is the outline of.
 */
export function followOutline(mask: PersonMask, line: OutlineLine, sign: 1 | -1, target: OutlineSide): void {
  const { px, py, ax, ay, pixels, predicted, nearest } = line;
  target.end = 'none';
  const found = measureSilhouette(mask, px, py, sign * ax, -sign * ay, REACH * predicted * pixels) / pixels;
  if (!(found > nearest)) return;
  target.metres = found;
  target.end = 'part';
  if (hasGap(mask, line, sign, found)) return;
  for (let i = 0; i < hiding.length; i++) {
    const low = sign > 0 ? limbLow[i] : -limbHigh[i];
    const high = sign > 0 ? limbHigh[i] : -limbLow[i];
    if (!(high > 0) || found < low - LIMB_MARGIN_METRES) continue;
    // The mask ends beyond the limb: it is in front of the part, or beside it in a wide sleeve.
    if (found > high + LIMB_MARGIN_METRES && high < predicted) continue;
    const inner = Math.min(found, low + LIMB_OVERLAP * hiding[i].radius);
    // A limb in front of the part may hide its outline.
    if (inner < predicted / 2) {
      target.end = 'bound';
      target.metres = found;
      return;
    }
    target.metres = Math.min(target.metres, inner);
    target.end = 'limb';
  }
}

/** Returns whether the mask begins again within `GAP_METRES` after it has ended `found` metres from the middle. */
function hasGap(mask: PersonMask, { px, py, ax, ay, pixels }: OutlineLine, sign: number, found: number): boolean {
  for (let metres = found + 1 / pixels; metres < found + GAP_METRES; metres += 0.5 / pixels) {
    const column = Math.floor(px + sign * ax * metres * pixels);
    const row = Math.floor(py - sign * ay * metres * pixels);
    if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false;
    if (mask.data[row * mask.width + column] >= MIN_COVERAGE) return true;
  }
  return false;
}
