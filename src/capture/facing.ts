/** Which way a camera looks: at the shopper, or away from who holds the device. */
export const facings = ['user', 'environment'] as const;
export type Facing = (typeof facings)[number];
