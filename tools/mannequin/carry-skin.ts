/**
 * Maps the vertices of a body's skin to a changed body, both built of the same parts (tubes and ellipsoids). The
 * differences are the displacements of a morph.
 *
 * 1. `findHoldingParts()`: once for the base body, find the parts nearest to each vertex, which move it, and its
 *    distance from the field's zero level.
 * 2. `carrySkin()`: move each vertex with its parts to the changed body, as a weighted mean.
 * 3. Move it to the same distance from the changed body's surface.
 */
import { createBodyField, sideDistance } from './body-field.ts';
import type { BodyParts } from './body-parts.ts';
import { carryPoint } from './part.ts';
import { project } from './project.ts';

/** Width of the zone in which neighbouring parts share a vertex, metres. */
const SHARED_METRES = 0.02;
/** Beyond this distance a part does not affect a vertex, metres: it is larger than every blend. */
const AFFECTED_METRES = 0.09;
/** Smaller shares are left out. */
const MIN_SHARE = 1e-4;
/** Largest correction of step 3, metres. */
const MAX_CORRECTION_METRES = 0.004;

/** How the vertices of a skin follow the parts of its body. Parts are indices into `BodyParts.parts`. */
export interface HoldingParts {
  /** For each vertex: the parts that move it, and their shares, which sum to 1. */
  shares: [part: number, share: number][][];
  /** For each vertex: the parts within 9 cm. If none of them changes, the vertex stays in place. */
  affecting: number[][];
  /** For each vertex: value of the distance field, metres. Smoothing lifts the skin a little off the zero level. */
  levels: Float64Array;
}

/**
 * Finds which parts move each vertex. `positions`: 3 × vertices, metres, the skin of `body`: +x to its left, +y up, +z
 * to the front.
 */
export function findHoldingParts(positions: Float64Array, body: BodyParts): HoldingParts {
  const field = createBodyField(body.parts);
  const holding: HoldingParts = { shares: [], affecting: [], levels: new Float64Array(positions.length / 3) };
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
    const distances = body.parts.map((part) => sideDistance(part, x, y, z));
    // Parts that are carved out hold no skin.
    const holdDistances = distances.map((d, part) => (body.parts[part]!.blend < 0 ? Infinity : d));
    const nearest = Math.min(...holdDistances);
    const weights = holdDistances
      .map((d, part): [number, number] => [part, Math.exp(-(((d - nearest) / SHARED_METRES) ** 2))])
      .filter(([, weight]) => weight > MIN_SHARE);
    const sum = weights.reduce((s, [, weight]) => s + weight, 0);
    holding.shares.push(weights.map(([part, weight]) => [part, weight / sum]));
    holding.affecting.push(distances.flatMap((d, part) => (d < AFFECTED_METRES ? [part] : [])));
    holding.levels[i / 3] = field(x, y, z);
  }
  return holding;
}

/**
 * Returns the skin of `to`, 3 × vertices, metres. `positions`: the skin of `from`, in the same order; the second
 * argument is `findHoldingParts` of them. Both bodies have the same list of parts.
 */
export function carrySkin(
  positions: Float64Array,
  { shares, affecting, levels }: HoldingParts,
  from: BodyParts,
  to: BodyParts,
): Float64Array {
  const carried = Float64Array.from(positions);
  const moved: [number, number, number] = [0, 0, 0];
  const field = createBodyField(to.parts);
  const isChanged = from.parts.map((part, k) => JSON.stringify(part) !== JSON.stringify(to.parts[k]));
  for (let v = 0; 3 * v < positions.length; v++) {
    if (!affecting[v]!.some((part) => isChanged[part])) continue;
    const i = 3 * v;
    const isRight = positions[i]! < 0;
    carried.fill(0, i, i + 3);
    for (const [k, share] of shares[v]!) {
      // A part of a pair is built on the left: mirror the vertex there and back.
      const mirror = from.parts[k]!.side === 'both' && isRight ? -1 : 1;
      carryPoint(from.parts[k]!, to.parts[k]!, [positions[i]! * mirror, positions[i + 1]!, positions[i + 2]!], moved);
      carried[i]! += share * moved[0] * mirror;
      carried[i + 1]! += share * moved[1];
      carried[i + 2]! += share * moved[2];
    }
    const level = levels[v]!;
    project((x, y, z) => field(x, y, z) - level, carried, i, { rounds: 2, maxStep: MAX_CORRECTION_METRES });
  }
  return carried;
}
