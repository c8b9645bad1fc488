import { boneIndex } from '../mannequin/mannequin.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { measureSilhouette } from './measure-silhouette.ts';

/** The outline is looked for as far as this many half-widths of the mannequin from the middle. */
const REACH = 2.2;
/** Bones of the arms from joint to joint, with their radius, metres, clothes included. */
const ARM_BONES = [
  { from: boneIndex.leftUpperArm, to: boneIndex.leftLowerArm, radius: 0.05, reach: 1 },
  // A hand reaches beyond its joint by about half of a forearm.
  { from: boneIndex.leftLowerArm, to: boneIndex.leftHand, radius: 0.042, reach: 1.6 },
  { from: boneIndex.rightUpperArm, to: boneIndex.rightLowerArm, radius: 0.05, reach: 1 },
  { from: boneIndex.rightLowerArm, to: boneIndex.rightHand, radius: 0.042, reach: 1.6 },
] as const;
/** Samples along an arm's bone. */
const ARM_STEPS = 8;
/** The outline is taken for an arm's as far as this from where the arm is expected, metres. */
const ARM_MARGIN_METRES = 0.025;
/** Share of its radius by which a hanging arm overlaps the trunk in the picture: the mean over random bodies. */
const ARM_OVERLAP = 0.75;
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
  /** `part`: the outline is the part's own. `arm`: an arm hides it, `metres` is the arm's inner side. `none`: not seen. */
  end: 'part' | 'arm' | 'none';
}

/** Where the arms are on a line: metres from its middle, by arm bone. */
const armLow = new Float64Array(ARM_BONES.length);
const armHigh = new Float64Array(ARM_BONES.length);

/** Finds the arms on a line, for the calls of `followOutline` after it. Allocates nothing. */
export function findArms({ positions }: PosedBody, { x, y, ax, ay, depth }: OutlineLine): void {
  for (let i = 0; i < ARM_BONES.length; i++) {
    const { from, to, radius, reach } = ARM_BONES[i];
    armLow[i] = Infinity;
    armHigh[i] = -Infinity;
    for (let step = 0; step <= ARM_STEPS; step++) {
      const t = (reach * step) / ARM_STEPS;
      const pz = positions[3 * from + 2] * (1 - t) + positions[3 * to + 2] * t;
      const px = (positions[3 * from] * (1 - t) + positions[3 * to] * t) / -pz - x;
      const py = (positions[3 * from + 1] * (1 - t) + positions[3 * to + 1] * t) / -pz - y;
      if (Math.abs(px * ay - py * ax) * depth > 2 * radius) continue;
      const along = (px * ax + py * ay) * depth;
      armLow[i] = Math.min(armLow[i], along - radius);
      armHigh[i] = Math.max(armHigh[i], along + radius);
    }
  }
}

/** Leaves the arms out of the calls of `followOutline` after it: for parts that no arm hides. */
export function ignoreArms(): void {
  armLow.fill(Infinity);
  armHigh.fill(-Infinity);
}

/**
 * Follows the mask from the middle of a line to one side, to where the person ends. Writes `target`. Allocates nothing.
 *
 * 1. If the mask ends nearer than `line.nearest`, the outline is not seen.
 * 2. If the mask begins again within 12 cm, the background between is the gap to an arm: the outline is the part's.
 * 3. If no arm is near, the outline is the part's.
 * 4. Otherwise an arm hangs beside the part: its inner side is about where the part ends.
 *
 * @param sign 1: along (ax, ay); −1: against it.
 */
export function followOutline(mask: PersonMask, line: OutlineLine, sign: 1 | -1, target: OutlineSide): void {
  const { px, py, ax, ay, pixels, predicted, nearest } = line;
  target.end = 'none';
  const found = measureSilhouette(mask, px, py, sign * ax, -sign * ay, REACH * predicted * pixels) / pixels;
  if (!(found > nearest)) return;
  target.metres = found;
  target.end = 'part';
  if (hasGap(mask, line, sign, found)) return;
  for (let i = 0; i < ARM_BONES.length; i++) {
    const low = sign > 0 ? armLow[i] : -armHigh[i];
    const high = sign > 0 ? armHigh[i] : -armLow[i];
    if (!(high > 0) || found < low - ARM_MARGIN_METRES) continue;
    // The mask ends beyond the arm: the arm is in front of the part, or it is beside it in a wide sleeve.
    if (found > high + ARM_MARGIN_METRES && high < predicted) continue;
    const inner = Math.min(found, low + ARM_OVERLAP * ARM_BONES[i].radius);
    // An arm in front of the part hides its outline altogether.
    if (inner < predicted / 2) {
      target.end = 'none';
      return;
    }
    target.metres = Math.min(target.metres, inner);
    target.end = 'arm';
  }
}

/** Whether the mask begins again within `GAP_METRES` after it has ended `found` metres from the middle. */
function hasGap(mask: PersonMask, { px, py, ax, ay, pixels }: OutlineLine, sign: number, found: number): boolean {
  for (let metres = found + 1 / pixels; metres < found + GAP_METRES; metres += 0.5 / pixels) {
    const column = Math.floor(px + sign * ax * metres * pixels);
    const row = Math.floor(py - sign * ay * metres * pixels);
    if (column < 0 || row < 0 || column >= mask.width || row >= mask.height) return false;
    if (mask.data[row * mask.width + column] >= MIN_COVERAGE) return true;
  }
  return false;
}
