import type { MorphName } from '../../src/mannequin/mannequin.ts';

/** Morph weights of a body: 0 is the base body, 1 changes it by `morphExtent`. */
export type BodyChange = Partial<Record<MorphName, number>>;

/**
 * Change that a morph weight of 1 makes. In metres: lengths, breadths (on each side), `belly` (to the front), and the
 * skin at the shoulders (`shoulderHeight`, `trapezius`, `deltoid`). As growth of the sections (0.14: by 14 %): the head
 * and the other girths.
 */
export const morphExtent: Record<MorphName, number> = {
  trunkLength: 0.045,
  neckLength: 0.02,
  upperArmLength: 0.03,
  lowerArmLength: 0.028,
  upperLegLength: 0.04,
  lowerLegLength: 0.04,
  shoulderBreadth: 0.02,
  hipBreadth: 0.015,
  headSize: 0.06,
  chest: 0.14,
  bust: 0.35,
  waist: 0.2,
  hip: 0.12,
  belly: 0.05,
  upperArm: 0.2,
  lowerArm: 0.16,
  thigh: 0.15,
  calf: 0.13,
  neck: 0.15,
  shoulderHeight: 0.015,
  trapezius: 0.01,
  deltoid: 0.008,
  thighTopBreadth: 0.01,
  seatBreadth: 0.01,
  pelvisBreadth: 0.01,
  waistBreadth: 0.01,
  ribBreadth: 0.01,
  chestBreadth: 0.01,
};
