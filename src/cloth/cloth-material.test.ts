import { expect, it } from 'vitest';
import { clothMaterial } from './cloth-material.ts';

it('stretches less than the manifest says under half the tension, and a stiff fabric still gives a little', () => {
  const knit = clothMaterial({ stretch: 30, weight: 160 });
  const woven = clothMaterial({ stretch: 0, weight: 160 });
  expect(clothMaterial({ stretch: 15, weight: 160 }).stretch).toBeCloseTo(2 * knit.stretch, 9);
  expect(woven.stretch).toBeGreaterThan(knit.stretch);
  expect(Number.isFinite(woven.stretch)).toBe(true);
});

it('bends less the heavier it is, and takes weights between organza and felt only', () => {
  const light = clothMaterial({ stretch: 15, weight: 160 });
  const heavy = clothMaterial({ stretch: 15, weight: 320 });
  expect([light.weight, heavy.weight]).toEqual([0.16, 0.32]);
  expect(heavy.bend / light.bend).toBeCloseTo(4, 9);
  expect(clothMaterial({ stretch: 15, weight: 1 }).weight).toBeGreaterThan(0.01);
  expect(clothMaterial({ stretch: 15, weight: 5000 }).weight).toBeLessThan(2);
});

it('gives way by its stretch, up to a tenth, and further where the file tells no flat pattern', () => {
  const fabric = { stretch: 15, weight: 160 };
  expect(clothMaterial(fabric, true).give).toBeCloseTo(0.1, 9);
  expect(clothMaterial({ ...fabric, stretch: 8 }, true).give).toBeCloseTo(0.08, 9);
  expect(clothMaterial(fabric, false).give).toBeGreaterThan(0.3);
});
