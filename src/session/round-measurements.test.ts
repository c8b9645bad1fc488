import { expect, it } from 'vitest';
import { roundMeasurements } from './round-measurements.ts';

it('roundMeasurements gives millimetres, keeps null, and leaves its input as it is', () => {
  const measures = { chest: { cm: 96.34999999999998, low: 90.06, high: 102.951 }, neck: null };
  expect(roundMeasurements(measures)).toEqual({ chest: { cm: 96.3, low: 90.1, high: 103 }, neck: null });
  expect(measures.chest.low).toBe(90.06);
});
