/** Direction of a camera: `user` faces the person who holds the device, `environment` faces away from them. */
export const facings = ['user', 'environment'] as const;
export type Facing = (typeof facings)[number];
