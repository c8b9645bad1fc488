/**
 * Adds a standing body's sway at a time to `position` (x, y, z, metres), in place: to x and z, the horizontal axes. The
 * same time always gives the same sway.
 */
export type Wander = (timeMs: number, position: Float32Array) => void;

/**
 * Periods of the sway's waves, seconds. Most of a standing body's sway is slower than 1 Hz (Winter, "Human balance and
 * posture control during standing and walking", 1995).
 */
const PERIODS_SECONDS = [1.7, 2.9, 4.7, 7.9];

/**
 * Creates a sway over the floor, a sum of sine waves along x and another along z.
 *
 * @param metres root mean square of the sway along each of the two axes, at least 0; 0: no sway.
 * @param seed an integer that selects the phases of the waves.
 */
export function createWander(metres: number, seed: number): Wander {
  if (metres === 0) return () => {};
  const amplitude = metres * Math.sqrt(2 / PERIODS_SECONDS.length);
  const phase = (k: number): number => 2 * Math.PI * fraction(Math.sin(12.9898 * (seed + 1) + 78.233 * k) * 43758.5453);
  const phases = Array.from({ length: 2 * PERIODS_SECONDS.length }, (_, k) => phase(k));
  return (timeMs, position) => {
    for (let k = 0; k < PERIODS_SECONDS.length; k++) {
      const angle = (2 * Math.PI * timeMs) / 1000 / PERIODS_SECONDS[k];
      position[0] += amplitude * Math.sin(angle + phases[k]);
      position[2] += amplitude * Math.sin(angle + phases[k + PERIODS_SECONDS.length]);
    }
  };
}

/** Returns the fractional part of `x`, 0..1. */
function fraction(x: number): number {
  return x - Math.floor(x);
}
