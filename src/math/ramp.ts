import { MathUtils } from 'three';

/** 0 up to `from`, 1 from `to` on, straight in between; `from` may lie above `to`. */
export function ramp(value: number, from: number, to: number): number {
  return MathUtils.clamp(MathUtils.inverseLerp(from, to, value), 0, 1);
}
