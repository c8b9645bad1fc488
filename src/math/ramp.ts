import { MathUtils } from 'three';

/**
 * Maps a value linearly from the range `from`..`to` to 0..1, and clamps it. If `from` is greater than `to`, the result
 * falls as the value rises.
 */
export function ramp(value: number, from: number, to: number): number {
  return MathUtils.clamp(MathUtils.inverseLerp(from, to, value), 0, 1);
}
