import { MathUtils } from 'three';

/**
 * Maps a value linearly so that `from` gives 0 and `to` gives 1, and clamps the result to 0..1. All three have the same
 * unit. If `from` is greater than `to`, the result falls as the value rises; if they are equal, the result is 0.
 */
export function ramp(value: number, from: number, to: number): number {
  return MathUtils.clamp(MathUtils.inverseLerp(from, to, value), 0, 1);
}
