/**
 * Levels of the trunk, 0 at the hip joints and 1 at the upper chest's joint, at which the thickness of its cloth is an
 * unknown. Over a shoulder cloth lies on the skin. A wide shirt stands off most between waist and chest; at the thighs
 * its hem has ended, and trousers are seen.
 */
export const CLOTH_LEVELS = { thigh: -0.22, seat: 0, waist: 0.3, chest: 0.6, shoulder: 0.95 } as const;
/** Level at which hanging arms join the trunk. */
export const ARMPIT_LEVEL = 0.86;
