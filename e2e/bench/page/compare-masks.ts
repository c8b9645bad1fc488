import type { PersonMask } from '../../../src/index.ts';

/** Coverage (0..255) from which a pixel belongs to the mask. */
const HALF = 128;

/** Agreement of a mask with the expected mask, as ratios of areas. */
export interface MaskAgreement {
  /** Intersection over union. 1 if both masks are empty. */
  iou: number;
  /** Pixels of the expected mask alone, as a share of the expected mask; 0 if that is empty. */
  missed: number;
  /** Pixels of the given mask alone, as a ratio to the expected mask, which may exceed 1; 0 if that is empty. */
  extra: number;
}

/**
 * Compares a mask (coverage 0..255 of each pixel) with the expected mask, pixel by pixel. Throws a RangeError if their
 * sizes differ.
 */
export function compareMasks(mask: PersonMask, expected: PersonMask): MaskAgreement {
  if (mask.width !== expected.width || mask.height !== expected.height) {
    throw new RangeError(
      `masks of ${mask.width} × ${mask.height} and ${expected.width} × ${expected.height} cannot be compared`,
    );
  }
  let both = 0;
  let missed = 0;
  let extra = 0;
  for (let i = 0; i < mask.data.length; i++) {
    const isInMask = mask.data[i] >= HALF;
    const isExpected = expected.data[i] >= HALF;
    if (isInMask && isExpected) both++;
    else if (isExpected) missed++;
    else if (isInMask) extra++;
  }
  const either = both + missed + extra;
  const whole = both + missed;
  return {
    iou: either > 0 ? both / either : 1,
    missed: whole > 0 ? missed / whole : 0,
    extra: whole > 0 ? extra / whole : 0,
  };
}
