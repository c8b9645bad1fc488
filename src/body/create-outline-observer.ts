/**
 * Reads a body's breadths off the outline of the person mask, to learn the shopper's shape.
 *
 * 1. Find the outline of each ring of the mannequin (a line around trunk, neck or limb, `createOutlineRings`) in the
 *    mask (`lookAtOutline`).
 * 2. Note how far the posed ring is beside its outline (`addOffset`).
 * 3. Add the breadth, metres at the ring's distance, to the evidence: more exactly where both sides are seen, less
 *    where one is, or where an arm hangs beside the trunk. One side of the trunk shows a breadth by its distance from
 *    the middle, which the nearest ring with both sides shows. What the picture's edge cuts off adds nothing. With a
 *    raised arm breadths are measures of their own, since it draws cloth out.
 *
 * Front, oblique and side views of the trunk are kept apart: the first show breadths, the last depths. The neck counts
 * in front views alone.
 */
import { boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { legRegions, regions } from '../mannequin/regions.ts';
import { ramp } from '../math/ramp.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import { armLift } from './arm-lift.ts';
import type { PosedBody } from './body.ts';
import { createOutlineRings } from './create-outline-rings.ts';
import { createRingKinds, limbShares, TRUNK_KINDS, trunkKind } from './create-ring-kinds.ts';
import { HIDING_LIMBS, type HidingBone, type OutlineSide } from './follow-outline.ts';
import { LEVEL_TRUNK_METRES } from './girth-levels.ts';
import { hasStraightThighs } from './has-straight-thighs.ts';
import { createOutlineLook, type LookedAt, lookAtOutline, type OutlineLook } from './look-at-outline.ts';
import { addOffset, type OutlineOffsets } from './outline-offsets.ts';
import { addSlope, type OutlineRing } from './outline-ring.ts';
import type { MeasureKind, Observation, ShapeEvidence } from './shape-evidence.ts';
import { POSE_ERRORS, sharedIndex, sumShared } from './shared-unknowns.ts';
import { trunkTurn } from './trunk-turn.ts';
import { viewOf } from './trunk-view.ts';

/**
 * The middle of the trunk is that of a ring at most this many rings away, 17 cm: up to there it errs less than the
 * posed middle.
 */
const MIDDLE_REACH = 6;
/** Of the shared unknowns: how far hips are found too low, and by how much more the trunk is turned than posed. */
const HIPS_WITHOUT_LEGS = sharedIndex('hipsWithoutLegs');
const TURN_WITHOUT_LEGS = sharedIndex('turnWithoutLegs');
/** An arm counts as raised from this lift on (`armLift`): 60° from hanging. */
const RAISED_LIFT = -0.5;
/** Level of the shoulder joints on the trunk: hips that are found too low do not move it. */
const SHOULDER_LEVEL = 1.1;

/** Measures the outlines of one shopper. */
export interface OutlineObserver {
  /** The kinds of the measures, in the order of their indices. */
  readonly kinds: readonly MeasureKind[];
  /**
   * Adds what one frame's mask shows to the evidence. Allocates nothing.
   *
   * @param mask Coverage 0..255 of the whole frame by the person, rows from the top.
   * @param body The posed body, in camera space, metres.
   * @param target.matrices The body's bones from rest pose to pose (`writeSkinMatrices`).
   * @param target.evidence Receives the breadths as equations: running means over all frames.
   * @param target.first Index of the first of `kinds` in the evidence.
   * @param target.scale True metres to one of the tracker's, with which the body was placed.
   * @param target.shared Means of the unknowns that measures share, so far, metres (`ShapeEstimate.shared`).
   * @param target.offsets Receives how far the parts whose outline is seen are beside it.
   * @param target.hiddenLegs How far the legs are out of the picture or covered, 0..1.
   */
  observe(
    mask: PersonMask,
    body: PosedBody,
    target: {
      matrices: Float64Array;
      evidence: ShapeEvidence;
      first: number;
      scale: number;
      shared: ArrayLike<number>;
      offsets: OutlineOffsets;
      hiddenLegs: number;
    },
  ): void;
}

/** Whether a part does not reach further than this side of its outline. */
function isBounded({ end }: OutlineSide): boolean {
  return end === 'part' || end === 'bound';
}

/** Whether a look shows both sides of the part's own outline. */
function showsMiddle({ isPlaced, low, high }: OutlineLook): boolean {
  return isPlaced && low.end === 'part' && high.end === 'part';
}

/** Returns whether an arm is raised. */
function hasRaisedArm(body: PosedBody): boolean {
  return (
    Math.max(
      armLift(body, boneIndex.leftUpperArm, boneIndex.leftLowerArm),
      armLift(body, boneIndex.rightUpperArm, boneIndex.rightLowerArm),
    ) > RAISED_LIFT
  );
}

/** Returns the limbs that may hide the outline of a ring. */
function hidingLimbsOf({ part, from }: OutlineRing): readonly HidingBone[] {
  if (part === 'trunk') return HIDING_LIMBS.trunk;
  const { region, side } = regions[from];
  if (!legRegions.includes(region)) return HIDING_LIMBS.none;
  return side === 'left' ? HIDING_LIMBS.leftLeg : HIDING_LIMBS.rightLeg;
}

/** The middle of the trunk's outline at one ring. */
const middle = {
  /** Whether a ring shows it; if not, it is where it is posed. */
  isKnown: false,
  /** Distance from the posed middle along the ring's line, metres. */
  metres: 0,
  /** Its z in camera space, metres. */
  z: 0,
};

/** Creates an observer of one shopper, whose rings (lines around trunk, neck and limbs) are cut from the mannequin. */
export function createOutlineObserver(mannequin: Mannequin): OutlineObserver {
  const rings = createOutlineRings(mannequin);
  const looks = rings.map(createOutlineLook);
  const ringKinds = rings.map(createRingKinds);
  const kinds = ringKinds.flat();
  let count = 0;
  const firstKinds = ringKinds.map(({ length }) => (count += length) - length);
  const hidingLimbs = rings.map(hidingLimbsOf);
  const ringShares = rings.map(({ part, from }, r) => (part === 'limb' ? limbShares(from) : ringKinds[r][0].shared));
  const row = new Float64Array(MORPH_COUNT);
  const poseShares = new Float64Array(POSE_ERRORS);
  const breadth: Observation = { seen: 0, modelled: 0, row, poseShares, shape: row };

  /** Step 1. */
  function look(seen: LookedAt): void {
    const isStanding = hasStraightThighs(seen.body);
    const view = viewOf(seen.body);
    for (let r = 0; r < rings.length; r++) {
      const { part, level } = rings[r];
      const isHidden = part === 'trunk' ? level < 0 && !isStanding : part === 'neck' && view > 0;
      if (isHidden) looks[r].isPlaced = false;
      else lookAtOutline(looks[r], rings[r], hidingLimbs[r], seen);
    }
  }

  /** Returns by how many metres the posed trunk is broader per level at ring `r`, from the rings next to it. */
  function flareOf(r: number): number {
    const isTrunk = (i: number): boolean => i >= 0 && rings[i].part === 'trunk' && looks[i].isPlaced;
    const below = isTrunk(r - 1) ? r - 1 : r;
    const above = isTrunk(r + 1) ? r + 1 : r;
    const levels = rings[above].level - rings[below].level;
    if (levels === 0) return 0;
    return (2 * (looks[above].line.predicted - looks[below].line.predicted)) / levels;
  }

  /** Writes `middle` at ring `r` of the trunk. */
  function findMiddle(r: number, { positions }: PosedBody): void {
    for (let distance = 1; distance <= MIDDLE_REACH; distance++) {
      for (let sign = -1; sign <= 1; sign += 2) {
        const near = r + sign * distance;
        if (near < 0 || rings[near].part !== 'trunk' || !showsMiddle(looks[near])) continue;
        const { low, high, lowPoint, highPoint } = looks[near];
        const { posed } = rings[near];
        middle.isKnown = true;
        middle.metres = (high.metres - low.metres) / 2;
        middle.z = (posed[3 * lowPoint + 2] + posed[3 * highPoint + 2]) / 2;
        return;
      }
    }
    const { level } = rings[r];
    const hips = positions[3 * boneIndex.hips + 2];
    middle.isKnown = false;
    middle.metres = 0;
    middle.z = hips + level * (positions[3 * boneIndex.upperChest + 2] - hips);
  }

  return {
    kinds,
    observe(mask, body, { matrices, evidence, first, scale, shared, offsets, hiddenLegs }) {
      look({ mask, body, matrices });
      const view = viewOf(body);
      const unposedTurn = hiddenLegs * trunkTurn(body);
      const isRaised = hasRaisedArm(body);
      const bothKind = isRaised ? trunkKind.raised : trunkKind.both;
      const centredKind = isRaised ? trunkKind.raised : trunkKind.centred;
      offsets.count = 0;
      for (let r = 0; r < rings.length; r++) {
        const ring = rings[r];
        const { isPlaced, line, low, high, lowPoint, highPoint } = looks[r];
        if (!isPlaced) continue;
        // Half of it on each side.
        looks[r].clothMetres = Math.max(0, sumShared(ringShares[r], shared) / 2);
        addOffset(offsets, ring, looks[r]);
        if (!ring.showsGirth) continue;
        const isTrunk = ring.part === 'trunk';
        const { ax, ay } = line;
        row.fill(0);
        addSlope(ring, highPoint, { mannequin, matrices, ax, ay, factor: 1 }, row);
        addSlope(ring, lowPoint, { mannequin, matrices, ax, ay, factor: -1 }, row);
        const lowZ = ring.posed[3 * lowPoint + 2];
        const highZ = ring.posed[3 * highPoint + 2];
        // Between the shoulders and hips that are found too low, a ring is compared with a lower place of the outline.
        poseShares[HIPS_WITHOUT_LEGS] = isTrunk
          ? (-hiddenLegs * ramp(ring.level, SHOULDER_LEVEL, 0) * flareOf(r)) / LEVEL_TRUNK_METRES
          : 0;
        // A turn about the vertical moves a point to the right by its z.
        poseShares[TURN_WITHOUT_LEGS] = isTrunk ? unposedTurn * ax * (highZ - lowZ) : 0;
        const index = first + firstKinds[r] + (isTrunk ? TRUNK_KINDS * view : 0);
        breadth.modelled = 2 * line.predicted;
        breadth.shape = body.shape;
        if (showsMiddle(looks[r])) {
          breadth.seen = (low.metres + high.metres) / scale;
          evidence.add(isTrunk ? index + bothKind : index, 1, breadth);
        } else if (isTrunk) {
          if (isBounded(low) && isBounded(high)) {
            breadth.seen = (low.metres + high.metres) / scale;
            evidence.add(index + trunkKind.bound, 1, breadth);
          }
          findMiddle(r, body);
          for (let side = -1; side <= 1; side += 2) {
            const { end, metres } = side < 0 ? low : high;
            breadth.seen = (2 * (metres - side * middle.metres)) / scale;
            poseShares[TURN_WITHOUT_LEGS] = 2 * side * unposedTurn * ax * ((side < 0 ? lowZ : highZ) - middle.z);
            if (end === 'part') evidence.add(index + (middle.isKnown ? centredKind : trunkKind.side), 1, breadth);
            // From the side, an arm is in front of the trunk or behind it.
            else if (end === 'limb' && view === 0) evidence.add(index + trunkKind.arm, 1, breadth);
          }
        } else if (ring.part === 'limb') {
          for (let side = -1; side <= 1; side += 2) {
            const { end, metres } = side < 0 ? low : high;
            breadth.seen = (2 * metres) / scale;
            if (end === 'part') evidence.add(index + 1, 1, breadth);
          }
        }
      }
    },
  };
}
