import { MathUtils } from 'three';

/** How the light goes: its share of full light (linear) at a moment. */
export type LightCourse = (timeMs: number) => number;

/** Near black: white walls come out at 6 of 255. */
const DARK = 0.002;

/** The light goes out after two seconds, for one, within a tenth of a second. */
const blackout: LightCourse = (timeMs) => {
  const out = MathUtils.smoothstep(timeMs, 2000, 2100) - MathUtils.smoothstep(timeMs, 3000, 3100);
  return 1 - (1 - DARK) * out;
};

/** By name. */
export const lightCourses = { steady: () => 1, blackout } as const satisfies Record<string, LightCourse>;
export type LightName = keyof typeof lightCourses;
