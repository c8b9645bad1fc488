// Measures the width of a garment across the trunk, at the waist, in a mask: a size in pixels, and coverage 0..255 by
// pixel. The true trunk and arms are known.
import type { PersonMask } from '../../src/tracking/tracker.ts';
import type { TrunkTruth } from './pair-film.ts';
import { median } from './statistics.ts';

/** Where the width is measured: this share of the way from the shoulder joints to the hip joints, at the waist. */
const WAIST_SHARE = 0.62;
/**
 * An arm reaches at most this far from its bones, metres: the radius of a forearm at the 95th percentile of men in
 * ANSUR II (girth 34.8 cm). A garment's edge beyond is no edge of an arm.
 */
const ARM_REACH_METRES = 0.055;
/**
 * Whatever is nearer than this to an arm's bones belongs to the arm, metres: the radius of a forearm in ANSUR II (girth
 * 26 cm, women, and 31 cm, men, on average).
 */
const ARM_RADIUS_METRES = 0.045;
/** Distance between two samples of a mask along the line, pixels. */
const STEP_PX = 0.25;
/** Coverage (0..255) from which a place belongs to the mask. */
const HALF = 127.5;

/** One side of a garment's run across the trunk's axis. */
export interface TrunkSide {
  /** Extent from the axis, pixels. */
  px: number;
  /** Whether the run ends clear of the arms, at the garment's own edge. */
  isClear: boolean;
}

/** Interpolates a mask at x, y (pixels from the top left) between the middles of pixels; 0 outside the picture. */
function sample({ width, height, data }: PersonMask, x: number, y: number): number {
  const [u, v] = [x - 0.5, y - 0.5];
  const [column, line] = [Math.floor(u), Math.floor(v)];
  const [fx, fy] = [u - column, v - line];
  const at = (dx: number, dy: number): number =>
    column + dx >= 0 && column + dx < width && line + dy >= 0 && line + dy < height
      ? data[(line + dy) * width + column + dx]
      : 0;
  return (1 - fy) * ((1 - fx) * at(0, 0) + fx * at(1, 0)) + fy * ((1 - fx) * at(0, 1) + fx * at(1, 1));
}

/** Returns the distance from a point to the nearest bone of `arms`; all pixels. */
function distanceToArms(point: readonly number[], arms: TrunkTruth['arms']): number {
  return Math.min(
    ...arms.flatMap(([shoulder, elbow, wrist]) => [
      distanceToSegment(point, shoulder, elbow),
      distanceToSegment(point, elbow, wrist),
    ]),
  );
}

/** Returns the distance from a point to the segment between `a` and `b`, pixels. */
function distanceToSegment([x, y]: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / square)) : 0;
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy);
}

/**
 * Measures how far a garment extends to both sides of the trunk's axis, along the line across the trunk at the waist:
 * the run of the mask that crosses the axis. It ends at the latest at an arm, since a mask does not tell a sleeve from
 * the trunk beside it. Returns both sides, or null when the axis is not in the mask there or behind an arm. `mask`:
 * coverage, 0..255; `trunk`: the true trunk and arms, for the drawn and for the true garment.
 */
export function measureTrunk(
  mask: PersonMask,
  { shoulders, hips, arms, pxPerMetre }: TrunkTruth,
): readonly [TrunkSide, TrunkSide] | null {
  const [dx, dy] = [hips[0] - shoulders[0], hips[1] - shoulders[1]];
  const length = Math.hypot(dx, dy);
  const [x, y] = [shoulders[0] + WAIST_SHARE * dx, shoulders[1] + WAIST_SHARE * dy];
  const measureSide = (side: -1 | 1): TrunkSide => {
    let isClear = true;
    for (let px = 0; ; px += STEP_PX) {
      const point = [x + (side * px * dy) / length, y - (side * px * dx) / length] as const;
      const armDistance = distanceToArms(point, arms) / pxPerMetre;
      isClear &&= armDistance >= ARM_REACH_METRES;
      if (armDistance < ARM_RADIUS_METRES || sample(mask, ...point) < HALF)
        return { px: Math.max(0, px - STEP_PX / 2), isClear };
    }
  };
  const [left, right] = [measureSide(-1), measureSide(1)];
  return left.px > 0 && right.px > 0 ? [left, right] : null;
}

/** The drawn width of a garment compared with the true width. */
export interface WidthRatio {
  /** Drawn / true. */
  ratio: number;
  /** Number of sides, 0 to 2, on which the true garment's edge is clear of the arms. */
  clearSides: number;
}

/**
 * Compares the drawn with the true width of a garment across the trunk, at the waist: `drawn`, `expected` are its
 * masks, `trunk` the true trunk and arms. A width is the whole run: on a side that is not clear it ends at the arm, in
 * both masks. Null where either garment does not cross the axis.
 */
export function compareWidths(drawn: PersonMask, expected: PersonMask, trunk: TrunkTruth): WidthRatio | null {
  const truth = measureTrunk(expected, trunk);
  const own = measureTrunk(drawn, trunk);
  if (!truth || !own) return null;
  return {
    ratio: (own[0].px + own[1].px) / (truth[0].px + truth[1].px),
    clearSides: truth.filter(({ isClear }) => isClear).length,
  };
}

/**
 * Returns the median ratio (drawn / true) of the frames in which the true garment is clear of the arms on most sides;
 * null without any. In the others an arm that ends both widths hides a difference.
 */
export function medianWidth(ratios: readonly (WidthRatio | null)[]): number | null {
  const known = ratios.filter((ratio) => ratio !== null);
  const most = Math.max(...known.map(({ clearSides }) => clearSides));
  const clearest = known.filter(({ clearSides }) => clearSides === most);
  return clearest.length > 0 ? median(clearest.map(({ ratio }) => ratio)) : null;
}
