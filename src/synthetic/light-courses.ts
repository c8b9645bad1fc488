import { MathUtils } from 'three';

/** Returns the brightness of the light at a time, 0..1: a share of full light in linear (not sRGB) values. */
export type LightCourse = (timeMs: number) => number;

/** Brightness while the light is out, 0..1: a white wall then has about 6 of 255 in the picture. */
const DARK = 0.002;

/** The light goes out from 2 to 2.1 s and on again from 3 to 3.1 s. */
const blackout: LightCourse = (timeMs) => {
  const darkness = MathUtils.smoothstep(timeMs, 2000, 2100) - MathUtils.smoothstep(timeMs, 3000, 3100);
  return 1 - (1 - DARK) * darkness;
};

/** The courses by name: `steady` is full light at all times, `blackout` has one second of darkness. */
export const lightCourses = { steady: () => 1, blackout } as const satisfies Record<string, LightCourse>;
