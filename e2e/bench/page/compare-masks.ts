import type { PersonMask } from '../../../src/index.ts';

/** A pixel belongs to the person from here on, of 255. */
const HALF = 128;

/** How two masks agree, as shares of areas. */
export interface MaskAgreement {
  /** What both call person by what either calls person; 1 when both are empty. */
  iou: number;
  /** What only the expected one calls person, by its whole. */
  missed: number;
  /** What only the seen one calls person, by the expected one's whole. */
  extra: number;
}

/** Compares masks of the same size. */
export function compareMasks(seen: PersonMask, expected: PersonMask): MaskAgreement {
  if (seen.width !== expected.width || seen.height !== expected.height) {
    throw new RangeError(
      `masks of ${seen.width} × ${seen.height} and ${expected.width} × ${expected.height} cannot be compared`,
    );
  }
  const here = seen.data;
  const there = expected.data;
  let both = 0;
  let missed = 0;
  let extra = 0;
  for (let i = 0; i < here.length; i++) {
    const isHere = here[i] >= HALF;
    const isThere = there[i] >= HALF;
    if (isHere && isThere) both++;
    else if (isThere) missed++;
    else if (isHere) extra++;
  }
  const either = both + missed + extra;
  const whole = both + missed;
  return {
    iou: either > 0 ? both / either : 1,
    missed: whole > 0 ? missed / whole : 0,
    extra: whole > 0 ? extra / whole : 0,
  };
}
