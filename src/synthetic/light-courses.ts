import { MathUtils } from 'three';

/** Brightness of the light at a moment, as a share of full light, linear. */
export type LightCourse = (timeMs: number) => number;

/** Brightness while the light is out: white walls have 6 of 255. */
const DARK = 0.002;

/** The light goes out at 2 s and on again at 3 s, each within 0.1 s. */
const blackout: LightCourse = (timeMs) => {
  const darkness = MathUtils.smoothstep(timeMs, 2000, 2100) - MathUtils.smoothstep(timeMs, 3000, 3100);
  return 1 - (1 - DARK) * darkness;
};

/** The courses by name: `steady` is full light, `blackout` a second of darkness. */
export const lightCourses = { steady: () => 1, blackout } as const satisfies Record<string, LightCourse>;
export type LightName = keyof typeof lightCourses;
