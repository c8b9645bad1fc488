import { expect, it } from 'vitest';
import { findIdFaults } from './find-id-faults.ts';

it('findIdFaults names ids with a space, doubles once, and missing ones', () => {
  expect(findIdFaults(['tee', 'parka'])).toEqual([]);
  expect(findIdFaults(['my tee'])).toEqual([expect.stringContaining('"my tee"')]);
  expect(findIdFaults(['tee', 'tee', 'tee'])).toEqual([expect.stringContaining('several')]);
  expect(findIdFaults(['']).length).toBe(1);
});
