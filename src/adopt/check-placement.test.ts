import { expect, it } from 'vitest';
import { makeTube, makeTubeGarment, makeTubeMannequin } from '../garment/make-tube.test-helper.ts';
import { checkPlacement } from './check-placement.ts';

const mannequin = makeTubeMannequin(makeTube(0.15, 0, 1.7));
const tube = makeTube(0.17, 0.9, 1.4);
function scaled(factor: number) {
  return { ...tube, positions: tube.positions.map((value) => factor * value) };
}
function moved(x: number) {
  return { ...tube, positions: tube.positions.map((value, i) => value + (i % 3 === 0 ? x : 0)) };
}
function check(garment: typeof tube, sizes: Record<string, Float32Array> = {}) {
  return checkPlacement(makeTubeGarment([garment], sizes).parts, mannequin);
}

it('accepts a garment of a wearable size on the mannequin', () => {
  for (const garment of [tube, makeTube(0.2, 0.8, 1), makeTube(1.5, 0, 1.4), moved(0.9)]) check(garment);
  check(tube, { L: tube.positions.map((value) => 0.1 * value) });
});

it('refuses a garment that is far too large or too small, and guesses by how much', () => {
  expect(() => check(scaled(100))).toThrow(/about 100 times too large: export in metres/);
  expect(() => check(scaled(1000))).toThrow(/about 1000 times too large/);
  expect(() => check(scaled(0.01))).toThrow(/about 100 times too small/);
  expect(() => check(scaled(1e30))).toThrow(/far too large/);
  expect(() => check(scaled(0))).toThrow(/far too small/);
});

it('refuses a garment away from the mannequin, and one size that is far too large', () => {
  expect(() => check(moved(3))).toThrow(/2\.7 m away/);
  expect(() => check(tube, { XL: scaled(100).positions })).toThrow(/size XL looks about 100 times too large/);
});
