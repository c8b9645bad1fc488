import { expect, it } from 'vitest';
import { markFunctions, readMarks } from './mark-functions.ts';

/**
 * A module with a variable, and two exported functions, i32 → i32: `twice` adds its argument to itself, `thrice` calls
 * `twice` and adds its argument.
 */
const MODULE = Buffer.from(
  [
    '0061736d01000000', // header
    '01060160017f017f', // types
    '0303020000', // functions
    '0606017f0041000b', // variables
    '0712020574776963650000067468726963650001', // exports
    '0a13020700200020006a0b09002000100020006a0b', // code
  ].join(''),
  'hex',
);

it('notes which functions have run, and changes no result', async () => {
  const { instance } = await WebAssembly.instantiate(new Uint8Array(markFunctions(MODULE)));
  const { twice, thrice } = instance.exports as unknown as Record<'twice' | 'thrice', (value: number) => number>;
  expect(readMarks(instance)).toEqual([]);
  expect(twice(4)).toBe(8);
  expect(readMarks(instance)).toEqual([0]);
  expect(thrice(4)).toBe(12);
  expect(readMarks(instance)).toEqual([0, 1]);
});
