// The kinds of the measures that an outline shows of each ring (line around trunk, neck or limb): their errors, and how
// much they contain of what measures share (`MeasureKind`).
import { armRegions, regions } from '../mannequin/regions.ts';
import { ramp } from '../math/ramp.ts';
import { ARMPIT_LEVEL, CLOTH_LEVELS } from './cloth-levels.ts';
import { type GirthName, girthNames, TRUNK_LEVELS } from './girth-levels.ts';
import type { OutlineRing } from './outline-ring.ts';
import type { MeasureKind } from './shape-evidence.ts';
import { sharesOf } from './shared-unknowns.ts';
import { VIEW_COUNT } from './trunk-view.ts';

/**
 * Levels of the trunk at which girths are taken, both thighs' among them: 0 at the hip joints, 1 at the upper chest's
 * joint. A ring whose level is nearer than `SHOWN_WITHIN` shows the girth.
 */
const SHOWN_AT: Partial<Record<GirthName, number>> = { ...TRUNK_LEVELS, thigh: -0.22 };
const SHOWN_WITHIN = 0.08;
/** Error of a trunk's breadth, metres: the mannequin's form, and from frame to frame the mask's edge and the pose. */
const TRUNK_ERROR = { sharedError: 0.005, frameError: 0.01 };
/**
 * The same if one side alone is seen, and the middle from the nearest ring with both: that middle is off by 2 to 6 mm,
 * root mean square, over bodies of three makers and filmed strangers; a breadth contains it twice.
 */
const CENTRED_ERROR = { sharedError: 0.012, frameError: 0.012 };
/** The same if no ring near it shows the middle: as posed it is off by 5 to 15 mm. */
const SIDE_ERROR = { sharedError: 0.03, frameError: 0.015 };
/**
 * The same with a raised arm. It draws the cloth under the arm out, as far as its sleeve is cut wide: on wide tops over
 * three bodies the cloth stood 2.1 to 2.6 times as far off the chest as over the same bodies with hanging arms, 1.2 to 1.7
 * times off the waist, and 0.7 to 0.9 times off the seat, since the hem rises.
 */
const RAISED_ERROR = { sharedError: 0.012, frameError: 0.012 };
const RAISED_CLOTH = { chest: 2.2, waist: 1.3, seat: 0.8 };
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
/**
 * Places of the measures of a trunk's ring in one view: both sides, one side about a known middle, one side, one side
 * that ends at an arm, an upper bound, and both sides, or one about a known middle, with a raised arm.
 */
export const trunkKind = { both: 0, centred: 1, side: 2, arm: 3, bound: 4, raised: 5 } as const;
/** Number of measures of a trunk's ring in one view; the next view's follow. */
export const TRUNK_KINDS = Object.keys(trunkKind).length;

/** Returns the kinds of a trunk's ring in one view, in the order of `trunkKind`. */
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
    { ...CENTRED_ERROR, excess: FOLDS, shared, shows, place },
    { ...SIDE_ERROR, excess: FOLDS, shared, shows, place },
    {
      ...ARM_ERROR,
      excess: GAP,
      shared: sharesOf({ ...shares, armSide: 1, armTop: ramp(level, CLOTH_LEVELS.chest, ARMPIT_LEVEL) }),
      shows,
      place,
    },
    { ...BOUND_ERROR, excess: BOUND_EXCESS, shared, shows: [], place },
    {
      ...RAISED_ERROR,
      excess: FOLDS,
      shared: sharesOf({
        edge: 1,
        thighCloth: RAISED_CLOTH.seat * shares.thighCloth,
        seatCloth: RAISED_CLOTH.seat * shares.seatCloth,
        waistCloth: RAISED_CLOTH.waist * shares.waistCloth,
        chestCloth: RAISED_CLOTH.chest * shares.chestCloth,
      }),
      shows,
      place,
    },
  ];
}

/**
 * Returns how much of each shared unknown (SHARED_UNKNOWNS) the breadth of a limb contains; `from`: its first bone.
 */
export function limbShares(from: number): readonly number[] {
  return sharesOf({ edge: 1, [armRegions.includes(regions[from].region) ? 'armCloth' : 'legCloth']: 1 });
}

/**
 * Returns the kinds of the measures of a ring: of the trunk's as `trunkKind` lists them, view by view; of a limb's both
 * sides, then one. None if its breadth shows no girth.
 */
export function createRingKinds({ part, level, from, showsGirth }: OutlineRing): MeasureKind[] {
  if (part === 'trunk') return Array.from({ length: VIEW_COUNT }, (_, view) => trunkKinds(level, view)).flat();
  if (part === 'neck') return [{ ...NECK_ERROR, excess: FOLDS, shared: sharesOf({ edge: 1 }), shows: ['neck'] }];
  if (!showsGirth) return [];
  const shared = limbShares(from);
  const shows = girthNames.filter((name) => name === regions[from].region);
  const place = `limb ${from}`;
  return [
    { ...LIMB_ERROR, excess: FOLDS, shared, shows, place },
    { ...LIMB_SIDE_ERROR, excess: FOLDS, shared, shows: [], place },
  ];
}
