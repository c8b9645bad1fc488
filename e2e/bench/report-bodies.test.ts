import { describe, expect, it } from 'vitest';
import type { BodyResult } from './judge-body.ts';
import { reportBodies } from './report-bodies.ts';

function result(change: Partial<BodyResult>): BodyResult {
  const tapes = { chest: 90, waist: 70, hip: 95, shoulder: 44 };
  return {
    name: 'random body 1',
    motion: 'sway',
    framing: 'whole',
    clothes: 'none',
    stature: 170,
    truth: tapes,
    error: { chest: 1, waist: -2, hip: 3, shoulder: 0 },
    errorWithoutStature: { chest: 4, waist: 4, hip: 4, shoulder: 0 },
    jointError: 3,
    shoulderJointsError: 0,
    convergenceFrames: 10,
    girthIntervals: {},
    lengthIntervals: {},
    ...change,
  };
}

describe('reportBodies', () => {
  it('takes medians of absolute errors by clothes and framing, and keeps the sign in the bias', () => {
    const { errors, convergenceFrames } = reportBodies([
      result({}),
      result({ framing: 'half', error: { chest: -5, waist: -4, hip: 0, shoulder: 0 }, convergenceFrames: 40 }),
      result({ clothes: 'loose', error: { chest: 9, waist: 9, hip: 9, shoulder: 0 } }),
    ]);
    expect(errors.none?.medianCm).toEqual({ chest: 3, waist: 3, hip: 1.5 });
    expect(errors.none?.biasCm).toEqual({ chest: -2, waist: -3, hip: 1.5 });
    expect(errors.none?.halfMedianCm).toEqual({ chest: 5, waist: 4, hip: 0 });
    expect(errors.loose?.medianCm.waist).toBe(9);
    expect(convergenceFrames).toEqual({ median: 10, max: 40 });
  });

  it('counts the intervals that hold the truth, girths and lengths apart; null where there are none', () => {
    const inside = { cm: 70, low: 68, high: 72, truth: 71 };
    const outside = { cm: 70, low: 68, high: 72, truth: 73 };
    expect(reportBodies([result({})]).coverage).toEqual({ girths: null, lengths: null });
    const { coverage } = reportBodies([
      result({ girthIntervals: { waist: inside }, lengthIntervals: { arm: outside } }),
      result({ girthIntervals: { waist: outside }, lengthIntervals: { arm: outside } }),
    ]);
    expect(coverage).toEqual({ girths: 0.5, lengths: 0 });
  });
});
