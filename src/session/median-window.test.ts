import { expect, it } from 'vitest';
import { MedianWindow } from './median-window.ts';

it('MedianWindow: the median of the last values, in any order; empty after clear()', () => {
  const values = new MedianWindow(5);
  expect([values.count, values.median]).toEqual([0, 0]);
  const medians = [9, 1, 5, 7, 3, 100, 100, 100].map((value) => {
    values.add(value);
    return values.median;
  });
  // The last three windows: 1 5 7 3 100, 5 7 3 100 100 and 7 3 100 100 100.
  expect(medians).toEqual([9, 5, 5, 6, 5, 5, 7, 100]);
  expect(values.count).toBe(5);
  values.clear();
  values.add(2);
  expect([values.count, values.median]).toEqual([1, 2]);
});
