import { createBodyField, sideDistance } from './body-field.ts';
import type { BodyParts } from './body-parts.ts';
import { carryPoint } from './part.ts';
import { project } from './project.ts';

/** Width over which neighbouring parts share a vertex, metres. */
const SHARE = 0.02;
/** A part further from a vertex than this does not bear on it, metres: beyond every blend. */
const NEAR = 0.09;

/** For each vertex the parts that hold it, what lies near it, and how far off the surface it is. */
export interface Holds {
  /** Per vertex: [part, share] pairs; shares sum to 1. */
  shares: [number, number][][];
  near: number[][];
  level: Float64Array;
}

/** Which parts of the body hold each vertex of its skin. */
export function holdSkin(positions: Float64Array, body: BodyParts): Holds {
  const field = createBodyField(body.parts);
  const holds: Holds = { shares: [], near: [], level: new Float64Array(positions.length / 3) };
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
    const all = body.parts.map((part) => sideDistance(part, x, y, z));
    const distances = all.map((d, k) => (body.parts[k]!.blend < 0 ? Infinity : d));
    const least = Math.min(...distances);
    const shares = distances
      .map((d, k): [number, number] => [k, Math.exp(-(((d - least) / SHARE) ** 2))])
      .filter(([, w]) => w > 1e-4);
    const sum = shares.reduce((s, [, w]) => s + w, 0);
    holds.shares.push(shares.map(([k, w]) => [k, w / sum]));
    holds.near.push(all.flatMap((d, k) => (d < NEAR ? [k] : [])));
    holds.level[i / 3] = field(x, y, z);
  }
  return holds;
}

/** Carries the skin of one body to another state of the same body. Returns the new positions, 3 × vertices. */
export function carrySkin(positions: Float64Array, holds: Holds, from: BodyParts, to: BodyParts): Float64Array {
  const result = Float64Array.from(positions);
  const moved: [number, number, number] = [0, 0, 0];
  const field = createBodyField(to.parts);
  const changed = from.parts.map((part, k) => JSON.stringify(part) !== JSON.stringify(to.parts[k]));
  for (let v = 0; 3 * v < positions.length; v++) {
    if (!holds.near[v]!.some((k) => changed[k])) continue;
    const i = 3 * v;
    const mirrored = positions[i]! < 0;
    result.fill(0, i, i + 3);
    for (const [k, share] of holds.shares[v]!) {
      const mirror = from.parts[k]!.side === 'both' && mirrored ? -1 : 1;
      carryPoint(from.parts[k]!, to.parts[k]!, [positions[i]! * mirror, positions[i + 1]!, positions[i + 2]!], moved);
      result[i]! += share * moved[0] * mirror;
      result[i + 1]! += share * moved[1];
      result[i + 2]! += share * moved[2];
    }
    // As far off the new surface as it was off the old one (fairing lifts the skin a little).
    const level = holds.level[v]!;
    project((a, b, c) => field(a, b, c) - level, result, i, 2, 0.004);
  }
  return result;
}
