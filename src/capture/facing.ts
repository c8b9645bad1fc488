/** Directions of a camera: `user` faces the person that holds the device, `environment` faces away from them. */
export const facings = ['user', 'environment'] as const;
/** One of `facings`. */
export type Facing = (typeof facings)[number];
