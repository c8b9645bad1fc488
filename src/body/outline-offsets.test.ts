import { expect, it } from 'vitest';
import type { OutlineLine, OutlineSide } from './follow-outline.ts';
import { addOffset, createOutlineOffsets } from './outline-offsets.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Lines across parts whose half-breadth is 5 cm: an upright part, and one that lies across, such as a raised arm. */
const across = { ax: 1, ay: 0, predicted: 0.05 } as OutlineLine;
const upwards = { ax: 0, ay: 1, predicted: 0.05 } as OutlineLine;
const downwards = { ax: 0, ay: -1, predicted: 0.05 } as OutlineLine;
const seenAt = (metres: number): OutlineSide => ({ metres, end: 'part' });
const hidden: OutlineSide = { metres: 0, end: 'none' };
const ringOf = (part: OutlineRing['part']): OutlineRing => ({ part }) as OutlineRing;

/** The offset of a part under cloth of 4 mm on each side, metres and its deviation; null if none was added. */
function offsetOf(
  part: OutlineRing['part'],
  low: OutlineSide,
  high: OutlineSide,
  { line = across, clothMetres = 0.004 } = {},
): [number, number] | null {
  const offsets = createOutlineOffsets();
  addOffset(offsets, ringOf(part), { line, low, high, clothMetres });
  if (offsets.count === 0) return null;
  const { ax, ay, metres, deviation } = offsets.entries[0];
  expect([ax, ay]).toEqual([line.ax, line.ay]);
  return [metres, deviation];
}

it('is the middle between both sides, however wide the outline is', () => {
  expect(offsetOf('limb', seenAt(0.06), seenAt(0.08))?.[0]).toBeCloseTo(0.01, 9);
  expect(offsetOf('trunk', seenAt(0.12), seenAt(0.1))?.[0]).toBeCloseTo(-0.01, 9);
});

it('is less certain by one side: how far it is from where breadth and cloth put it', () => {
  const [both, bothDeviation] = offsetOf('limb', seenAt(0.054), seenAt(0.054))!;
  const [high, highDeviation] = offsetOf('limb', hidden, seenAt(0.064))!;
  const [low] = offsetOf('limb', seenAt(0.064), hidden)!;
  expect(both).toBeCloseTo(0, 9);
  expect(high).toBeCloseTo(0.01, 9);
  expect(low).toBeCloseTo(-0.01, 9);
  expect(highDeviation).toBeGreaterThan(2 * bothDeviation);
});

it('by one side counts less and less the further off that side is', () => {
  const deviations = [0.06, 0.07, 0.08, 0.093].map((metres) => offsetOf('limb', hidden, seenAt(metres))![1]);
  expect(deviations.toSorted((a, b) => a - b)).toEqual(deviations);
  expect(deviations.at(-1)).toBeGreaterThan(10 * deviations[0]);
});

it('is the place of a part whose thick cloth lies on its upper side and hangs from the lower', () => {
  // The skin is 5 cm from the middle, where it is posed. Of 4 cm of cloth 4 mm are above, the rest below.
  const [upper, lower] = [seenAt(0.054), seenAt(0.086)];
  for (const [low, high, line] of [
    [lower, upper, upwards],
    [upper, lower, downwards],
  ] as const) {
    const loose = { line, clothMetres: 0.02 };
    const [both, deviation] = offsetOf('limb', low, high, loose)!;
    expect(both).toBeCloseTo(0, 9);
    expect(deviation).toBeGreaterThan(offsetOf('limb', low, high, { clothMetres: 0.02 })![1]);
    expect(offsetOf('limb', hidden, high, loose)![0]).toBeCloseTo(0, 9);
    expect(offsetOf('limb', low, hidden, loose)![0]).toBeCloseTo(0, 9);
  }
});

it('says nothing without a side, by one side of the neck, or by a side that is far off', () => {
  expect(offsetOf('limb', hidden, hidden)).toBe(null);
  expect(offsetOf('neck', hidden, seenAt(0.05))).toBe(null);
  expect(offsetOf('limb', hidden, seenAt(0.12))).toBe(null);
});
