import { expect, it } from 'vitest';
import type { OutlineLine, OutlineSide } from './follow-outline.ts';
import { addOffset, createOutlineOffsets } from './outline-offsets.ts';
import type { OutlineRing } from './outline-ring.ts';

/** A line across a part whose half-breadth is 5 cm. */
const line = { ax: 0.6, ay: 0.8, predicted: 0.05 } as OutlineLine;
const seenAt = (metres: number): OutlineSide => ({ metres, end: 'part' });
const hidden: OutlineSide = { metres: 0, end: 'none' };
const ringOf = (part: OutlineRing['part']): OutlineRing => ({ part }) as OutlineRing;

/** The offset of a part under 4 mm of cloth, metres and its deviation; null if none was added. */
function offsetOf(part: OutlineRing['part'], low: OutlineSide, high: OutlineSide): [number, number] | null {
  const offsets = createOutlineOffsets();
  addOffset(offsets, ringOf(part), { line, low, high, clothMetres: 0.004 });
  if (offsets.count === 0) return null;
  const { ax, ay, metres, deviation } = offsets.entries[0];
  expect([ax, ay]).toEqual([0.6, 0.8]);
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

it('says nothing without a side, by one side of the neck, or by a side that is far off', () => {
  expect(offsetOf('limb', hidden, hidden)).toBe(null);
  expect(offsetOf('neck', hidden, seenAt(0.05))).toBe(null);
  expect(offsetOf('limb', hidden, seenAt(0.12))).toBe(null);
});
