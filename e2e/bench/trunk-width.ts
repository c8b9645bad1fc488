import type { PersonMask } from '../../src/tracking/tracker.ts';
import type { TrunkTruth } from './pair-film.ts';

/** Where the width is measured: this share of the way from the shoulder joints to the hip joints, at the waist. */
const WAIST_SHARE = 0.62;
/** Radius of an arm, metres: girths of a forearm in ANSUR II are 26 cm (women) and 31 cm (men) on average. */
const ARM_RADIUS_METRES = 0.045;
/** Distance between two samples of a mask along the line, pixels. */
const STEP_PX = 0.25;
/** Coverage (0..255) from which a place belongs to the mask. */
const HALF = 127.5;

/** A garment's run across the trunk's axis. */
export interface TrunkRun {
  /** Extent to both sides of the axis, pixels. */
  left: number;
  right: number;
  /** Whether the run ends at an arm on either side, instead of at the garment's own edge. */
  isCut: boolean;
}

/** Interpolates a mask between the middles of pixels; 0 outside the picture. */
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

/** Returns the distance from a point to the nearest bone of `arms`. */
function distanceToArms(point: readonly number[], arms: TrunkTruth['arms']): number {
  return Math.min(
    ...arms.flatMap(([shoulder, elbow, wrist]) => [
      distanceToSegment(point, shoulder, elbow),
      distanceToSegment(point, elbow, wrist),
    ]),
  );
}

/** Returns the distance from a point to the segment between `a` and `b`. */
function distanceToSegment([x, y]: readonly number[], a: readonly number[], b: readonly number[]): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const square = dx * dx + dy * dy;
  const share = square > 0 ? Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / square)) : 0;
  return Math.hypot(x - a[0] - share * dx, y - a[1] - share * dy);
}

/**
 * Measures how far a garment extends to both sides of the trunk's axis, along the line across the trunk at the waist:
 * the run of the mask that crosses the axis, in pixels. It ends at the latest where an arm begins, since a mask does not
 * tell a sleeve from the trunk beside it. Null when the axis is not in the mask there, or behind an arm. `mask`:
 * coverage, 0..255; `trunk`: the true trunk and arms, for the drawn and for the true garment.
 */
export function measureTrunk(mask: PersonMask, { shoulders, hips, arms, pxPerMetre }: TrunkTruth): TrunkRun | null {
  const [dx, dy] = [hips[0] - shoulders[0], hips[1] - shoulders[1]];
  const length = Math.hypot(dx, dy);
  const [x, y] = [shoulders[0] + WAIST_SHARE * dx, shoulders[1] + WAIST_SHARE * dy];
  const run: TrunkRun = { left: 0, right: 0, isCut: false };
  for (const side of [-1, 1]) {
    let distance = 0;
    for (; ; distance += STEP_PX) {
      const point = [x + (side * distance * dy) / length, y - (side * distance * dx) / length] as const;
      if (sample(mask, ...point) < HALF) break;
      if (distanceToArms(point, arms) < ARM_RADIUS_METRES * pxPerMetre) {
        run.isCut = true;
        break;
      }
    }
    if (distance === 0) return null;
    run[side < 0 ? 'left' : 'right'] = distance - STEP_PX / 2;
  }
  return run;
}

/**
 * Returns drawn width / true width of a garment across the trunk, at the waist. Null in frames in which the true
 * garment's edges are hidden by an arm or joined with a sleeve, and where the drawn garment does not cross the axis. A
 * drawn garment that reaches an arm counts up to the arm.
 */
export function widthRatio(drawn: PersonMask, expected: PersonMask, trunk: TrunkTruth): number | null {
  const truth = measureTrunk(expected, trunk);
  if (!truth || truth.isCut) return null;
  const own = measureTrunk(drawn, trunk);
  return own && (own.left + own.right) / (truth.left + truth.right);
}
