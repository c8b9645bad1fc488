import { expect, it } from 'vitest';
import { findIdFaults } from './find-id-faults.ts';

it('findIdFaults names ids with a space, doubles once, and missing ones', () => {
  expect(findIdFaults(['tee', 'parka'], ['parka'])).toEqual([]);
  expect(findIdFaults(['my tee'], [])).toEqual([expect.stringContaining('"my tee"')]);
  expect(findIdFaults(['tee', 'tee', 'tee'], [])).toEqual([expect.stringContaining('several')]);
  expect(findIdFaults([''], []).length).toBe(1);
});

it('findIdFaults names a garment that is asked for and not there, once there are garments, and those that are', () => {
  expect(findIdFaults(['tee', 'parka'], ['tea', 'parka'])).toEqual([expect.stringMatching(/"tea".*tee, parka/)]);
  expect(findIdFaults([], ['tea'])).toEqual([]);
});
