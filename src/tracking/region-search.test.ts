import { beforeEach, describe, expect, it } from 'vitest';
import { CLEAR_EVIDENCE, MIN_EVIDENCE } from './person-evidence.ts';
import { createRegion, type Region } from './region.ts';
import { RegionSearch } from './region-search.ts';

const GUESS: Region = { x: 100, y: 200, size: 300, rotation: 0.5 };
const PERSON: Region = { x: 310, y: 420, size: 500, rotation: 0.1 };

describe('RegionSearch', () => {
  let search: RegionSearch;
  const next = (width = 720, height = 1280): Region => {
    const target = createRegion();
    search.next(width, height, GUESS, target);
    return target;
  };
  /** The regions of a round in which no person is found. */
  const round = (width: number, height: number): Region[] => {
    const regions: Region[] = [];
    do {
      regions.push(next(width, height));
      expect(search.judge(MIN_EVIDENCE - 0.1, PERSON)).toBe(false);
    } while (!search.isRoundOver);
    return regions;
  };
  beforeEach(() => {
    search = new RegionSearch();
  });

  it("begins each round with the detector's best guess, with the margin of the landmark model", () => {
    const [first, ...others] = round(720, 1280);
    expect(first).toEqual({ ...GUESS, size: 375 });
    expect(others.length).toBeGreaterThanOrEqual(2);
    expect(next()).toEqual(first);
  });

  it('tries upright regions that together span the frame', () => {
    for (const [width, height] of [
      [720, 1280],
      [1280, 720],
      [600, 600],
    ]) {
      const [, ...others] = round(width, height);
      expect(others.every(({ rotation }) => rotation === 0)).toBe(true);
      const span = (of: (region: Region) => number): number[] => others.map(of);
      expect(Math.min(...span(({ x, size }) => x - size / 2))).toBeLessThanOrEqual(0);
      expect(Math.max(...span(({ x, size }) => x + size / 2))).toBeGreaterThanOrEqual(width);
      expect(Math.min(...span(({ y, size }) => y - size / 2))).toBeLessThanOrEqual(0);
      expect(Math.max(...span(({ y, size }) => y + size / 2))).toBeGreaterThanOrEqual(height);
    }
  });

  it('tries the halves of a landscape frame, too', () => {
    const centres = round(1280, 720).map(({ x }) => x);
    expect(centres).toContain(320);
    expect(centres).toContain(960);
    expect(round(720, 1280).map(({ x }) => x)).not.toContain(180);
  });

  it('finds a person only when the region that the pose predicts shows a person, too', () => {
    next();
    expect(search.judge(MIN_EVIDENCE, PERSON)).toBe(false);
    expect(search.isRoundOver).toBe(false);
    expect(next()).toEqual({ ...PERSON, size: 625 });
    expect(search.judge(MIN_EVIDENCE, PERSON)).toBe(true);
  });

  it('finds a person at once when the evidence is clear', () => {
    next();
    expect(search.judge(CLEAR_EVIDENCE, PERSON)).toBe(true);
    expect(next()).toEqual({ ...GUESS, size: 375 });
  });

  it('goes on with the next region when the predicted region shows no person', () => {
    next();
    search.judge(MIN_EVIDENCE, PERSON);
    next();
    expect(search.judge(MIN_EVIDENCE - 0.1, PERSON)).toBe(false);
    const second = next();
    expect(second).not.toEqual({ ...GUESS, size: 375 });
    expect(second).not.toEqual({ ...PERSON, size: 625 });
  });

  it("does not leave out a region when it also judges poses in the detector's regions", () => {
    const all = round(720, 1280);
    search.restart();
    const seen = all.map(() => {
      search.judge(MIN_EVIDENCE - 1, PERSON);
      const region = next();
      search.judge(MIN_EVIDENCE - 1, PERSON);
      return region;
    });
    expect(seen).toEqual(all);
  });

  it("still has the whole round before it when a pose in the detector's region is not confirmed", () => {
    search.judge(MIN_EVIDENCE, PERSON);
    expect(next()).toEqual({ ...PERSON, size: 625 });
    search.judge(MIN_EVIDENCE - 1, PERSON);
    expect(search.isRoundOver).toBe(false);
    expect(next()).toEqual({ ...GUESS, size: 375 });
  });

  it('begins anew after restart()', () => {
    next();
    search.judge(MIN_EVIDENCE, PERSON);
    search.restart();
    expect(next()).toEqual({ ...GUESS, size: 375 });
  });
});
