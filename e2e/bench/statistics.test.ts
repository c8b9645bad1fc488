import { describe, expect, it } from 'vitest';
import { createRandom } from '../../src/math/create-random.ts';
import { mean, median, quantile, spread, trend } from './statistics.ts';

describe('statistics', () => {
  it('median: the middle, or between the two middles, of unsorted values that stay as they are', () => {
    const values = [9, 1, 5];
    expect(median(values)).toBe(5);
    expect(values).toEqual([9, 1, 5]);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([7])).toBe(7);
    expect(median([])).toBeNaN();
  });

  it('quantile: interpolated as spreadsheets do (PERCENTILE.INC)', () => {
    const hundred = Array.from({ length: 101 }, (_, i) => 100 - i);
    expect(quantile(hundred, 0.95)).toBe(95);
    expect(quantile([1, 2, 3, 4], 0.95)).toBeCloseTo(3.85, 12);
    expect(quantile([1, 2, 3, 4], 0)).toBe(1);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  });

  it('spread: mean and 95th percentile', () => {
    expect(spread([1, 2, 3, 4])).toEqual({ mean: 2.5, p95: expect.closeTo(3.85, 12) });
    expect(mean([])).toBeNaN();
  });

  it('trend: a straight line is found with no error', () => {
    expect(trend([0, 1, 2, 3], [5, 3, 1, -1])).toEqual({ slope: -2, error: 0 });
  });

  it('trend: agrees with Anscombe’s first set (0.500, 0.118)', () => {
    const xs = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
    const ys = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
    const { slope, error } = trend(xs, ys);
    expect(slope).toBeCloseTo(0.5001, 4);
    expect(error).toBeCloseTo(0.1179, 4);
  });

  it('trend: the true slope lies within three errors of noise (seed 7)', () => {
    const random = createRandom(7);
    const xs = Array.from({ length: 200 }, (_, i) => i);
    const { slope, error } = trend(
      xs,
      xs.map((x) => 0.3 * x + 40 * (random() - 0.5)),
    );
    expect(Math.abs(slope - 0.3)).toBeLessThan(3 * error);
    expect(error).toBeGreaterThan(0);
  });
});
