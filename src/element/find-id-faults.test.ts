import { expect, it } from 'vitest';
import { findIdFaults } from './find-id-faults.ts';

it('findIdFaults: ids with a space, duplicates (one fault each), and empty ids', () => {
  expect(findIdFaults(['tee', 'parka'], ['parka'])).toEqual([]);
  expect(findIdFaults(['my tee'], [])).toEqual([expect.stringContaining('"my tee"')]);
  expect(findIdFaults(['tee', 'tee', 'tee'], [])).toEqual([expect.stringContaining('several')]);
  expect(findIdFaults([''], []).length).toBe(1);
});

it('findIdFaults: a wanted id that no garment has, with the existing ids; no fault while there are no garments', () => {
  expect(findIdFaults(['tee', 'parka'], ['tea', 'parka'])).toEqual([expect.stringMatching(/"tea".*tee, parka/)]);
  expect(findIdFaults([], ['tea'])).toEqual([]);
});
