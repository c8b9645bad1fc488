import { describe, expect, it } from 'vitest';
import type { PersonMask } from '../../src/tracking/tracker.ts';
import type { TrunkTruth } from './pair-film.ts';
import { compareWidths, measureTrunk, medianWidth } from './trunk-width.ts';

const SIDE = 200;

/** A mask of the pixels whose middle `isIn`. */
function maskOf(isIn: (x: number, y: number) => boolean): PersonMask {
  const data = new Uint8ClampedArray(SIDE * SIDE);
  for (let i = 0; i < data.length; i++) data[i] = isIn((i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5) ? 255 : 0;
  return { width: SIDE, height: SIDE, data };
}

/** A trunk from (100, 50) to (100, 150) whose arms hang at both sides, `armDistance` pixels from its axis. */
function trunkWith(armDistance: number): TrunkTruth {
  const arm = (side: number) => [50, 110, 170].map((y) => [100 + side * armDistance, y] as const);
  return { shoulders: [100, 50], hips: [100, 150], arms: [arm(-1), arm(1)], pxPerMetre: 200 };
}
/** A point turned by `angle` around the middle of the picture. */
function turn([x, y]: readonly [number, number], angle: number): [number, number] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [100 + cos * (x - 100) - sin * (y - 100), 100 + sin * (x - 100) + cos * (y - 100)];
}

describe('measureTrunk', () => {
  it('measures the run across the axis at 0.62 of the way from shoulders to hips, on both sides', () => {
    // Narrow above and below that height.
    const mask = maskOf((x, y) => (Math.abs(y - 112) < 4 ? x >= 70 && x < 120 : x >= 90 && x < 110));
    const run = measureTrunk(mask, trunkWith(80));
    expect(run?.[0].px).toBeCloseTo(30, 0);
    expect(run?.[1].px).toBeCloseTo(20, 0);
    expect(run?.map(({ isClear }) => isClear)).toEqual([true, true]);
  });

  it('measures across the trunk when the trunk is tilted', () => {
    const angle = 0.4;
    const upright = trunkWith(80);
    const tilted: TrunkTruth = {
      ...upright,
      shoulders: turn(upright.shoulders, angle),
      hips: turn(upright.hips, angle),
      arms: upright.arms.map((arm) => arm.map((point) => turn([point[0], point[1]], angle))),
    };
    const run = measureTrunk(
      maskOf((x, y) => Math.abs(turn([x, y], -angle)[0] - 100) < 25),
      tilted,
    );
    expect(run?.[0].px).toBeCloseTo(25, 0);
    expect(run?.[1].px).toBeCloseTo(25, 0);
  });

  it('ends before a sleeve that is joined with the trunk', () => {
    // Trunk and sleeves are one area; the arm begins 9 pixels before its bone.
    const run = measureTrunk(
      maskOf(() => true),
      trunkWith(50),
    );
    expect(run?.[0].px).toBeCloseTo(41, 0);
    expect(run?.[1].px).toBeCloseTo(41, 0);
    expect(run?.map(({ isClear }) => isClear)).toEqual([false, false]);
  });

  it('ends at a gap, although there is more garment beyond', () => {
    const run = measureTrunk(
      maskOf((x) => Math.abs(x - 100) < 30 || Math.abs(x - 100) > 40),
      trunkWith(80),
    );
    expect(run?.[1].px).toBeCloseTo(30, 0);
  });

  it('is null when the axis is outside the garment, or behind an arm', () => {
    const trunk = trunkWith(80);
    expect(
      measureTrunk(
        maskOf((x) => x > 110),
        trunk,
      ),
    ).toBe(null);
    expect(
      measureTrunk(
        maskOf(() => true),
        trunkWith(5),
      ),
    ).toBe(null);
  });
});

describe('compareWidths', () => {
  const wide = maskOf((x) => Math.abs(x - 100) < 36);
  const narrow = maskOf((x) => Math.abs(x - 100) < 30);
  const all = maskOf(() => true);

  it('divides the drawn by the true width', () => {
    expect(compareWidths(wide, narrow, trunkWith(80))?.ratio).toBeCloseTo(1.2, 1);
    expect(compareWidths(narrow, wide, trunkWith(80))?.ratio).toBeCloseTo(30 / 36, 1);
    expect(compareWidths(wide, narrow, trunkWith(80))?.clearSides).toBe(2);
  });

  it('ends a drawn garment that reaches an arm there', () => {
    expect(compareWidths(all, narrow, trunkWith(42))?.ratio).toBeCloseTo(33 / 30, 2);
    expect(compareWidths(all, narrow, trunkWith(42))?.clearSides).toBe(2);
  });

  it('tells when an arm is at the edge of the true garment', () => {
    expect(compareWidths(wide, wide, trunkWith(42))?.clearSides).toBe(0);
  });

  it('is null without a drawn garment', () => {
    const nothing = maskOf(() => false);
    expect(compareWidths(nothing, narrow, trunkWith(80))).toBe(null);
  });
});

describe('medianWidth', () => {
  const ratioOf = (ratio: number, clearSides: number) => ({ ratio, clearSides });

  it('is the median of the frames with the most clear sides', () => {
    expect(medianWidth([ratioOf(1, 1), ratioOf(1.1, 2), ratioOf(9, 0), null, ratioOf(1.3, 2), ratioOf(1.2, 2)])).toBe(
      1.2,
    );
    expect(medianWidth([ratioOf(1, 0), ratioOf(1.1, 1)])).toBe(1.1);
  });

  it('is null without any', () => {
    expect(medianWidth([null])).toBe(null);
  });
});
