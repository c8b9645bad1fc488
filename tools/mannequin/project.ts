import type { Field } from './marching-tetrahedra.ts';

/** Step of the numerical derivatives, metres. */
const DERIVATIVE_STEP = 5e-4;
/** A point within this distance counts as on the surface, metres. */
const PRECISION_METRES = 1e-6;
/** If the squared slope is smaller, the point stays: the direction of the surface is unknown. */
const MIN_SLOPE_SQ = 1e-3;

/**
 * Moves the point at `positions[i]` … `positions[i + 2]` (metres) onto the zero level of a signed distance field
 * (metres) by `rounds` Newton steps along the slope, each at most `maxStep` metres times the slope (about 1) long.
 */
export function project(
  field: Field,
  positions: Float64Array,
  i: number,
  { rounds = 3, maxStep = 0.02 }: { rounds?: number; maxStep?: number } = {},
): void {
  const e = DERIVATIVE_STEP;
  for (let round = 0; round < rounds; round++) {
    const x = positions[i]!;
    const y = positions[i + 1]!;
    const z = positions[i + 2]!;
    const distance = field(x, y, z);
    if (Math.abs(distance) < PRECISION_METRES) return;
    const slopeX = (field(x + e, y, z) - field(x - e, y, z)) / (2 * e);
    const slopeY = (field(x, y + e, z) - field(x, y - e, z)) / (2 * e);
    const slopeZ = (field(x, y, z + e) - field(x, y, z - e)) / (2 * e);
    const slopeSq = slopeX * slopeX + slopeY * slopeY + slopeZ * slopeZ;
    if (slopeSq < MIN_SLOPE_SQ) return;
    const step = Math.max(-maxStep, Math.min(maxStep, distance / slopeSq));
    positions[i] = x - slopeX * step;
    positions[i + 1] = y - slopeY * step;
    positions[i + 2] = z - slopeZ * step;
  }
}
