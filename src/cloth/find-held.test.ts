import { expect, it } from 'vitest';
import { ANCHORS, anchorBones } from '../garment/garment-binding.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { findHeld } from './find-held.ts';
import { makeGrid } from './make-grid.test-helper.ts';

/** A sheet of 5 × 10 squares of 3 cm: 6 vertices a row, row 0 at height 0. */
const { positions, triangles } = makeGrid(5, 10, 0.03);
const count = positions.length / 3;
const heights = Array.from({ length: count }, (_, i) => positions[3 * i + 1]);

/** Shares for sheets that hang from these joints, one sheet after the other. */
function anchorsOf(...joints: BoneName[]): Float32Array {
  const anchors = new Float32Array(ANCHORS * count * joints.length);
  joints.forEach((joint, sheet) => {
    const anchor = anchorBones.indexOf(boneIndex[joint]);
    for (let i = sheet * count; i < (sheet + 1) * count; i++) anchors[ANCHORS * i + anchor] = 1;
  });
  return anchors;
}

it('holds the upper border of a piece that hangs from the hips, within 6 cm of its top', () => {
  const held = findHeld(triangles, heights, anchorsOf('hips')).sort((a, b) => a - b);
  const topRow = Array.from({ length: 6 }, (_, k) => 60 + k);
  // Of the sides, the row beneath; the row 6 cm beneath is outside.
  expect(held).toEqual([54, 59, ...topRow]);
});

it('holds all of a shoe, and nothing of a top', () => {
  expect(findHeld(triangles, heights, anchorsOf('leftFoot'))).toHaveLength(count);
  expect(findHeld(triangles, heights, anchorsOf('neck'))).toEqual([]);
  expect(findHeld(triangles, heights, anchorsOf('leftUpperArm'))).toEqual([]);
});

it('judges each piece by itself: trousers beside a shirt', () => {
  const both = Uint32Array.from([...triangles, ...triangles.map((v) => v + count)]);
  const held = findHeld(both, [...heights, ...heights.map((y) => y + 1)], anchorsOf('leftUpperLeg', 'neck'));
  expect(held).toHaveLength(8);
  expect(held.every((i) => i < count)).toBe(true);
});
