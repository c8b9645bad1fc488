import { expect, test } from 'vitest';
import { hemGirth } from './hem-girth.ts';

/** An upright prism of `sides` sides around the y axis with welded vertices, metres. */
function tube(
  radius: (side: number) => number,
  sides: number,
  bottom: number,
  top: number,
): { positions: number[]; indices: number[] } {
  const positions: number[] = [];
  const indices: number[] = [];
  for (let i = 0; i < sides; i++) {
    const angle = (2 * Math.PI * i) / sides;
    for (const y of [bottom, top]) positions.push(radius(i) * Math.cos(angle), y, radius(i) * Math.sin(angle));
    const next = (i + 1) % sides;
    indices.push(2 * i, 2 * i + 1, 2 * next, 2 * next, 2 * i + 1, 2 * next + 1);
  }
  return { positions, indices };
}

test('hemGirth is the circumference of a tube, centimetres', () => {
  expect(hemGirth(tube(() => 0.18, 360, 0.8, 1.4))).toBeCloseTo(100 * 2 * Math.PI * 0.18, 1);
});

test('hemGirth follows folds, where a tape would not', () => {
  const folded = tube((side) => (side % 2 === 0 ? 0.18 : 0.16), 40, 0.8, 1.4);
  expect(hemGirth(folded)).toBeGreaterThan(1.1 * hemGirth(tube(() => 0.18, 40, 0.8, 1.4)));
});

test('hemGirth takes the outer of two layers', () => {
  const outer = tube(() => 0.18, 90, 0.8, 1.4);
  const inner = tube(() => 0.17, 90, 0.8, 0.9);
  const both = {
    positions: [...inner.positions, ...outer.positions],
    indices: [...inner.indices, ...outer.indices.map((i) => i + inner.positions.length / 3)],
  };
  expect(hemGirth(both)).toBeCloseTo(hemGirth(outer), 9);
});
