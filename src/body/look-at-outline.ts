// Finds the outline of one part of the body (trunk, neck or limb) in the person mask of a frame.
//
// 1. Pose the part's ring (a line around it on the mannequin) as the body is posed.
// 2. Find the ring's two outermost points across the part in the picture. The line between them crosses the part.
// 3. Follow the mask from the middle of that line to both sides (`followOutline`).
import { boneIndex } from '../mannequin/mannequin.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { findLimbs, followOutline, type HidingBone, type OutlineLine, type OutlineSide } from './follow-outline.ts';
import { measureSilhouette } from './measure-silhouette.ts';
import type { PartOutline } from './outline-offsets.ts';
import { type OutlineRing, poseRing } from './outline-ring.ts';

/** How far up and down the narrowest place of the neck is looked for, and in which steps, metres. */
const NECK_SEEK = 0.04;
const NECK_SEEK_STEP = 0.01;

/** What one frame shows of a ring: the line across it, and the outline on both sides. */
export interface OutlineLook extends PartOutline {
  /** Whether the frame shows it. If not, the other values are of an earlier frame. */
  isPlaced: boolean;
  /** Indices of the ring's outermost points: against the line's direction, and along it. */
  lowPoint: number;
  highPoint: number;
}

/** Creates a look that has seen nothing. */
export function createOutlineLook(): OutlineLook {
  const line = { px: 0, py: 0, x: 0, y: 0, ax: 0, ay: 0, depth: 0, pixels: 0, predicted: 0, nearest: 0 };
  const createSide = (): OutlineSide => ({ metres: 0, end: 'none' });
  return {
    isPlaced: false,
    line,
    lowPoint: 0,
    highPoint: 0,
    low: createSide(),
    high: createSide(),
    clothMetres: 0,
  };
}

/** What is looked at: the mask (coverage 0..255), the posed body, and its bones from rest pose to pose. */
export interface LookedAt {
  mask: PersonMask;
  body: PosedBody;
  matrices: Float64Array;
}

/** Steps 1 and 2. Returns false if the part points at the camera. */
function placeLine(look: OutlineLook, ring: OutlineRing, { mask, body, matrices }: LookedAt): boolean {
  const { line } = look;
  const { positions } = body;
  const isTrunk = ring.part === 'trunk';
  const from = 3 * (isTrunk ? boneIndex.hips : ring.from);
  const to = 3 * (isTrunk ? boneIndex.upperChest : ring.to);
  const ux = positions[to] / -positions[to + 2] - positions[from] / -positions[from + 2];
  const uy = positions[to + 1] / -positions[to + 2] - positions[from + 1] / -positions[from + 2];
  const length = Math.hypot(ux, uy);
  if (!(length > 0)) return false;
  line.ax = uy / length;
  line.ay = -ux / length;
  poseRing(ring, body.shape, matrices);
  const { posed } = ring;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < ring.count; i++) {
    const across = (line.ax * posed[3 * i] + line.ay * posed[3 * i + 1]) / -posed[3 * i + 2];
    if (across < low) {
      low = across;
      look.lowPoint = i;
    }
    if (across > high) {
      high = across;
      look.highPoint = i;
    }
  }
  const lowest = 3 * look.lowPoint;
  const highest = 3 * look.highPoint;
  const lowDepth = -posed[lowest + 2];
  const highDepth = -posed[highest + 2];
  line.depth = (lowDepth + highDepth) / 2;
  line.predicted = ((high - low) * line.depth) / 2;
  line.nearest = isTrunk ? line.predicted / 2 : 0;
  line.x = (posed[lowest] / lowDepth + posed[highest] / highDepth) / 2;
  line.y = (posed[lowest + 1] / lowDepth + posed[highest + 1] / highDepth) / 2;
  const pixelsAtUnit = mask.height / (2 * halfHeightAtUnitDistance(body.camera.fovYDegrees));
  line.pixels = pixelsAtUnit / line.depth;
  line.px = mask.width / 2 + line.x * pixelsAtUnit;
  line.py = mask.height / 2 - line.y * pixelsAtUnit;
  return true;
}

/**
 * Moves a line along the neck to where the mask is narrowest: a neck that is posed a little high or low would be
 * measured at chin or collar.
 */
function seekNarrowest(line: OutlineLine, mask: PersonMask): void {
  const { px, py, ax, ay, pixels } = line;
  const limit = 2 * line.predicted * pixels;
  let narrowest = Infinity;
  for (let metres = -NECK_SEEK; metres <= NECK_SEEK; metres += NECK_SEEK_STEP) {
    // The neck runs along (−ay, ax), y upwards.
    const x = px - ay * metres * pixels;
    const y = py - ax * metres * pixels;
    const breadth = measureSilhouette(mask, x, y, ax, -ay, limit) + measureSilhouette(mask, x, y, -ax, ay, limit);
    if (!(breadth < narrowest)) continue;
    narrowest = breadth;
    line.px = x;
    line.py = y;
  }
}

/**
 * Writes to `look` what a frame shows of a ring, but for `clothMetres`. Allocates nothing.
 *
 * @param hidingLimbs The bones of the limbs that may hide the part's outline: one of `HIDING_LIMBS`.
 */
export function lookAtOutline(
  look: OutlineLook,
  ring: OutlineRing,
  hidingLimbs: readonly HidingBone[],
  lookedAt: LookedAt,
): void {
  const { line, low, high } = look;
  look.isPlaced = placeLine(look, ring, lookedAt);
  if (!look.isPlaced) return;
  findLimbs(hidingLimbs, lookedAt.body, line);
  if (ring.part === 'neck') seekNarrowest(line, lookedAt.mask);
  followOutline(lookedAt.mask, line, -1, low);
  followOutline(lookedAt.mask, line, 1, high);
}
