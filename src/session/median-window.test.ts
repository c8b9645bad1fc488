import { expect, it } from 'vitest';
import { MedianWindow } from './median-window.ts';

it('MedianWindow: of the last values only, whatever order they came in, and of none after it was cleared', () => {
  const values = new MedianWindow(5);
  expect([values.count, values.median]).toEqual([0, 0]);
  const medians = [9, 1, 5, 7, 3, 100, 100, 100].map((value) => {
    values.add(value);
    return values.median;
  });
  // Of 1 … 3 … 9; then of 1 5 7 3 100, 5 7 3 100 100, 7 3 100 100 100.
  expect(medians).toEqual([9, 5, 5, 6, 5, 5, 7, 100]);
  expect(values.count).toBe(5);
  values.clear();
  values.add(2);
  expect([values.count, values.median]).toEqual([1, 2]);
});
