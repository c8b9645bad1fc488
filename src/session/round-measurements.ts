import type { Measurements } from '../body/create-body-measurer.ts';

/** Steps a centimetre: a tape shows millimetres, and no estimate knows more. */
const STEPS = 10;

/** Returns measures with all numbers (estimate and interval, centimetres) to the millimetre. */
export function roundMeasurements(measures: Measurements): Measurements {
  const round = (cm: number): number => Math.round(cm * STEPS) / STEPS;
  return Object.fromEntries(
    Object.entries(measures).map(([name, measure]) => [
      name,
      measure && { cm: round(measure.cm), low: round(measure.low), high: round(measure.high) },
    ]),
  );
}
