/**
 * Reads a body's breadths off the outline of the person mask, to learn the shopper's shape.
 *
 * 1. Pose each ring of the mannequin (a line around trunk, neck or limb, `createOutlineRings`) as the body is posed.
 * 2. Find the ring's two outermost points across the part (trunk, neck or limb) in the picture.
 * 3. Follow the mask from the middle between them to both sides (`followOutline`).
 * 4. Add the breadth, metres at the ring's distance, to the evidence: more exactly where both sides are seen, less
 *    where one is, or where an arm hangs beside the trunk. What the picture's edge cuts off adds nothing.
 * 5. Note how far the posed ring is beside its outline (`addOffset`).
 *
 * Front, oblique and side views of the trunk are kept apart: the first show breadths, the last depths. The neck counts
 * in front views alone.
 */
import { boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { armRegions, legRegions, regions } from '../mannequin/regions.ts';
import { halfHeightAtUnitDistance } from '../math/half-height-at-unit-distance.ts';
import { ramp } from '../math/ramp.ts';
import type { PersonMask } from '../tracking/tracker.ts';
import type { PosedBody } from './body.ts';
import { ARMPIT_LEVEL, CLOTH_LEVELS } from './cloth-levels.ts';
import { createOutlineRings } from './create-outline-rings.ts';
import { findLimbs, followOutline, HIDING_LIMBS, type OutlineLine, type OutlineSide } from './follow-outline.ts';
import { type GirthName, girthNames, TRUNK_LEVELS } from './girth-levels.ts';
import { hasStraightThighs } from './has-straight-thighs.ts';
import { measureSilhouette } from './measure-silhouette.ts';
import { addOffset, type OutlineOffsets, type PartOutline } from './outline-offsets.ts';
import { addSlope, type OutlineRing, poseRing } from './outline-ring.ts';
import type { MeasureKind, Observation, ShapeEvidence } from './shape-evidence.ts';
import { sharesOf, sumShared } from './shared-unknowns.ts';
import { VIEW_COUNT, viewOf } from './trunk-view.ts';

/**
 * Levels of the trunk at which girths are taken, both thighs' among them: 0 at the hip joints, 1 at the upper chest's
 * joint. A ring whose level is nearer than `SHOWN_WITHIN` shows the girth.
 */
const SHOWN_AT: Partial<Record<GirthName, number>> = { ...TRUNK_LEVELS, thigh: -0.22 };
const SHOWN_WITHIN = 0.08;
/** Error of a trunk's breadth, metres: the mannequin's form, and from frame to frame the mask's edge and the pose. */
const TRUNK_ERROR = { sharedError: 0.005, frameError: 0.01 };
/** The same if one side alone is seen: the middle of the trunk is uncertain as well. */
const SIDE_ERROR = { sharedError: 0.03, frameError: 0.015 };
/** The same if the other side, or both, ends at an arm. */
const ARM_ERROR = { sharedError: 0.03, frameError: 0.02 };
/** The same of a limb's breadth. */
const LIMB_ERROR = { sharedError: 0.007, frameError: 0.01 };
/**
 * The same if one side alone is seen, since an arm hangs at the trunk or thighs touch: the bone is uncertain as well.
 */
const LIMB_SIDE_ERROR = { sharedError: 0.014, frameError: 0.015 };
/** The same of the neck's breadth in a front view. Turned, chin and nape hide its sides. */
const NECK_ERROR = { sharedError: 0.006, frameError: 0.012 };
/**
 * The same of a breadth that is an upper bound, since a limb in front of the trunk may be what is seen beside it; and
 * the mean of what that limb adds.
 */
const BOUND_ERROR = { sharedError: 0.01, frameError: 0.01 };
const BOUND_EXCESS = 0.1;
/** Mean of what folds add to a breadth, metres, and of the gap to an arm that the mask does not show. */
const FOLDS = 0.01;
const GAP = 0.03;
/** How far up and down the narrowest place of the neck is looked for, and in which steps, metres. */
const NECK_SEEK = 0.04;
const NECK_SEEK_STEP = 0.01;
/** Measures of a trunk's ring in one view: both sides, one side, one side that ends at an arm, and an upper bound. */
const TRUNK_KINDS = 4;

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
    },
  ): void;
}

/** Returns the kinds of a trunk's ring in one view. */
function trunkKinds(level: number, view: number): MeasureKind[] {
  const place = `trunk ${level} ${view}`;
  const belowWaist = ramp(level, CLOTH_LEVELS.waist, CLOTH_LEVELS.seat);
  const thighCloth = ramp(level, CLOTH_LEVELS.seat, CLOTH_LEVELS.thigh);
  const aboveWaist = ramp(level, CLOTH_LEVELS.waist, CLOTH_LEVELS.chest);
  const chestCloth = Math.min(aboveWaist, ramp(level, CLOTH_LEVELS.shoulder, CLOTH_LEVELS.chest));
  const shares = {
    edge: 1,
    thighCloth,
    seatCloth: belowWaist - thighCloth,
    waistCloth: 1 - belowWaist - aboveWaist,
    chestCloth,
  };
  const shared = sharesOf(shares);
  const shows = girthNames.filter((name) => Math.abs((SHOWN_AT[name] ?? Infinity) - level) < SHOWN_WITHIN);
  return [
    { ...TRUNK_ERROR, excess: FOLDS, shared, shows, place },
    { ...SIDE_ERROR, excess: FOLDS, shared, shows, place },
    {
      ...ARM_ERROR,
      excess: GAP,
      shared: sharesOf({ ...shares, armSide: 1, armTop: ramp(level, CLOTH_LEVELS.chest, ARMPIT_LEVEL) }),
      shows,
      place,
    },
    { ...BOUND_ERROR, excess: BOUND_EXCESS, shared, shows: [], place },
  ];
}

/** The current line, its direction along the part (unit vector, y upwards), and the ring's outermost points on it. */
const line: OutlineLine = { px: 0, py: 0, x: 0, y: 0, ax: 0, ay: 0, depth: 0, pixels: 0, predicted: 0, nearest: 0 };
const along = { x: 0, y: 0 };
const outermost = { low: 0, high: 0 };

/** Steps 1 and 2: writes `line`, `along` and `outermost`. Returns false if the part points at the camera. */
function placeLine(ring: OutlineRing, mask: PersonMask, body: PosedBody, matrices: Float64Array): boolean {
  const { positions } = body;
  const isTrunk = ring.part === 'trunk';
  const from = 3 * (isTrunk ? boneIndex.hips : ring.from);
  const to = 3 * (isTrunk ? boneIndex.upperChest : ring.to);
  const ux = positions[to] / -positions[to + 2] - positions[from] / -positions[from + 2];
  const uy = positions[to + 1] / -positions[to + 2] - positions[from + 1] / -positions[from + 2];
  const length = Math.hypot(ux, uy);
  if (!(length > 0)) return false;
  along.x = ux / length;
  along.y = uy / length;
  line.ax = along.y;
  line.ay = -along.x;
  poseRing(ring, body.shape, matrices);
  const { posed } = ring;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < ring.count; i++) {
    const across = (line.ax * posed[3 * i] + line.ay * posed[3 * i + 1]) / -posed[3 * i + 2];
    if (across < low) {
      low = across;
      outermost.low = 3 * i;
    }
    if (across > high) {
      high = across;
      outermost.high = 3 * i;
    }
  }
  const lowDepth = -posed[outermost.low + 2];
  const highDepth = -posed[outermost.high + 2];
  line.depth = (lowDepth + highDepth) / 2;
  line.predicted = ((high - low) * line.depth) / 2;
  line.nearest = isTrunk ? line.predicted / 2 : 0;
  line.x = (posed[outermost.low] / lowDepth + posed[outermost.high] / highDepth) / 2;
  line.y = (posed[outermost.low + 1] / lowDepth + posed[outermost.high + 1] / highDepth) / 2;
  const pixelsAtUnit = mask.height / (2 * halfHeightAtUnitDistance(body.camera.fovYDegrees));
  line.pixels = pixelsAtUnit / line.depth;
  line.px = mask.width / 2 + line.x * pixelsAtUnit;
  line.py = mask.height / 2 - line.y * pixelsAtUnit;
  return true;
}

/**
 * Moves `line` along the neck to where the mask is narrowest: a neck that is posed a little high or low would be
 * measured at chin or collar.
 */
function seekNarrowest(mask: PersonMask): void {
  const { px, py, ax, ay, pixels } = line;
  const limit = 2 * line.predicted * pixels;
  let narrowest = Infinity;
  for (let metres = -NECK_SEEK; metres <= NECK_SEEK; metres += NECK_SEEK_STEP) {
    const x = px + along.x * metres * pixels;
    const y = py - along.y * metres * pixels;
    const breadth = measureSilhouette(mask, x, y, ax, -ay, limit) + measureSilhouette(mask, x, y, -ax, ay, limit);
    if (!(breadth < narrowest)) continue;
    narrowest = breadth;
    line.px = x;
    line.py = y;
  }
}

const low: OutlineSide = { metres: 0, end: 'none' };
const high: OutlineSide = { metres: 0, end: 'none' };
const outline: PartOutline = { line, low, high, clothMetres: 0 };

/** Whether a part does not reach further than this side of its outline. */
function isBounded({ end }: OutlineSide): boolean {
  return end === 'part' || end === 'bound';
}

/** Shares of the shared unknowns in the breadth of a limb, whose first bone is `from`. */
function limbShares(from: number): readonly number[] {
  return sharesOf({ edge: 1, [armRegions.includes(regions[from].region) ? 'armCloth' : 'legCloth']: 1 });
}

/** Creates an observer of one shopper, whose rings (lines around trunk, neck and limbs) are cut from the mannequin. */
export function createOutlineObserver(mannequin: Mannequin): OutlineObserver {
  const rings = createOutlineRings(mannequin);
  const kinds: MeasureKind[] = [];
  const firstKinds = rings.map(({ part, level, from, showsGirth }) => {
    const first = kinds.length;
    if (part === 'trunk') for (let view = 0; view < VIEW_COUNT; view++) kinds.push(...trunkKinds(level, view));
    else if (part === 'neck')
      kinds.push({ ...NECK_ERROR, excess: FOLDS, shared: sharesOf({ edge: 1 }), shows: ['neck'] });
    else if (showsGirth) {
      const shared = limbShares(from);
      const shows = girthNames.filter((name) => name === regions[from].region);
      const place = `limb ${from}`;
      kinds.push(
        { ...LIMB_ERROR, excess: FOLDS, shared, shows, place },
        { ...LIMB_SIDE_ERROR, excess: FOLDS, shared, shows: [], place },
      );
    }
    return first;
  });
  const hidingLimbs = rings.map(({ part, from }) => {
    if (part === 'trunk') return HIDING_LIMBS.trunk;
    const { region, side } = regions[from];
    if (!legRegions.includes(region)) return HIDING_LIMBS.none;
    return side === 'left' ? HIDING_LIMBS.leftLeg : HIDING_LIMBS.rightLeg;
  });
  const ringShares = rings.map(({ part, from }, r) =>
    part === 'limb' ? limbShares(from) : kinds[firstKinds[r]].shared,
  );
  const row = new Float64Array(MORPH_COUNT);
  const breadth: Observation = { seen: 0, modelled: 0, row, shape: row };

  return {
    kinds,
    observe(mask, body, { matrices, evidence, first, scale, shared, offsets }) {
      offsets.count = 0;
      const isStanding = hasStraightThighs(body);
      const view = viewOf(body);
      for (let r = 0; r < rings.length; r++) {
        const ring = rings[r];
        const isTrunk = ring.part === 'trunk';
        if ((isTrunk && ring.level < 0 && !isStanding) || (ring.part === 'neck' && view > 0)) continue;
        if (!placeLine(ring, mask, body, matrices)) continue;
        findLimbs(hidingLimbs[r], body, line);
        if (ring.part === 'neck') seekNarrowest(mask);
        followOutline(mask, line, -1, low);
        followOutline(mask, line, 1, high);
        // Half of it on each side.
        outline.clothMetres = Math.max(0, sumShared(ringShares[r], shared) / 2);
        addOffset(offsets, ring, outline);
        if (!ring.showsGirth) continue;
        row.fill(0);
        addSlope(ring, outermost.high / 3, { mannequin, matrices, ax: line.ax, ay: line.ay, factor: 1 }, row);
        addSlope(ring, outermost.low / 3, { mannequin, matrices, ax: line.ax, ay: line.ay, factor: -1 }, row);
        const index = first + firstKinds[r] + (isTrunk ? TRUNK_KINDS * view : 0);
        breadth.modelled = 2 * line.predicted;
        breadth.shape = body.shape;
        if (low.end === 'part' && high.end === 'part') {
          breadth.seen = (low.metres + high.metres) / scale;
          evidence.add(index, 1, breadth);
        } else if (ring.part !== 'neck') {
          if (isTrunk && isBounded(low) && isBounded(high)) {
            breadth.seen = (low.metres + high.metres) / scale;
            evidence.add(index + 3, 1, breadth);
          }
          for (let side = 0; side < 2; side++) {
            const { end, metres } = side === 0 ? low : high;
            breadth.seen = (2 * metres) / scale;
            if (end === 'part') evidence.add(index + 1, 1, breadth);
            // From the side, an arm is in front of the trunk or behind it.
            else if (end === 'limb' && isTrunk && view === 0) evidence.add(index + 2, 1, breadth);
          }
        }
      }
    },
  };
}
