/**
 * Moves the skin at the shoulders over the joints, which stay in place: the morphs `shoulderHeight`, `trapezius` and
 * `deltoid`.
 *
 * 1. `shoulderHeight` lifts the skin between neck and deltoid. The displacement fades out to the neck, down chest and
 *    back, and to the arm, over 9 to 19 cm, so that no skin crosses at weights of −2 to 2.
 * 2. `trapezius` lifts the skin at the neck's base, from the neck's flank to the middle of the shoulder.
 * 3. `deltoid` moves the skin over the upper end of the arm away from the arm's axis, so that the shoulder of a hanging
 *    arm gets broader.
 */
import { MathUtils } from 'three';
import type { MorphName } from '../../src/mannequin/mannequin.ts';
import { boneIndex } from '../../src/mannequin/mannequin.ts';
import { bell } from './bell.ts';
import type { BodyParts } from './body-parts.ts';
import { type BodyChange, morphExtent } from './morph-extent.ts';
import type { Part } from './part.ts';
import { cross, subtract, type Vector } from './vector.ts';

const { smoothstep } = MathUtils;

/** The morphs that this moves. */
export const shoulderMorphs: readonly MorphName[] = ['shoulderHeight', 'trapezius', 'deltoid'];

/** Distances from the neck's axis between which the shoulders begin: the neck's own skin stays in place, metres. */
const NECK_METRES = [0.05, 0.14] as const;
/** Distances from the neck's axis between which the neck's base begins, and between which it ends, metres. */
const BASE_METRES = [0.03, 0.075] as const;
const BASE_FADE_METRES = [0.09, 0.16] as const;
/** Heights over the neck's joint between which the shoulders end: head and jaw stay in place, metres. */
const JAW_METRES = [0, 0.04] as const;
/** Height of the shoulder line over the shoulder's joint, and its rise towards the neck for each metre. */
const LINE_METRES = 0.07;
const LINE_SLOPE = 0.3;
/** Distance from the middle of the body up to which the line is level, metres. */
const LINE_LEVEL_METRES = 0.07;
/** Depths under the shoulder line between which its height fades out, metres. Armpits are just beneath. */
const LINE_FADE_METRES = [0.005, 0.115] as const;
/** Places along the arm, from the shoulder's joint, between which the height fades out, metres. */
const ARM_FADE_METRES = [-0.1, 0.09] as const;
/** Middle of the deltoid, and its length before and after it, metres from the shoulder's joint along the arm. */
const DELTOID_METRES = [0.02, 0.09, 0.13] as const;
/** Distances from the arm's axis, off the trunk, between which the deltoid begins, metres. */
const DELTOID_FADE_METRES = [-0.03, 0.055] as const;

/**
 * Returns the displacement of each vertex, 3 × vertices, metres, by these morphs with the weights of `change`.
 *
 * @param positions 3 × vertices, metres, the skin of `body`: +x to the body's left, +y up, +z to the front.
 */
export function moveShoulders(positions: ArrayLike<number>, body: BodyParts, change: BodyChange): Float64Array {
  const displacements = new Float64Array(positions.length);
  const lift = (change.shoulderHeight ?? 0) * morphExtent.shoulderHeight;
  const liftBase = (change.trapezius ?? 0) * morphExtent.trapezius;
  const broaden = (change.deltoid ?? 0) * morphExtent.deltoid;
  const neckY = body.joints[3 * boneIndex.neck + 1]!;
  const neck = body.parts.find(({ name }) => name === 'neck')!;
  const { origin, axis } = body.arm;
  /** Off the arm: up and outwards. */
  const [offX, offY] = [-axis[1], axis[0]];
  for (let i = 0; i < positions.length; i += 3) {
    const absX = Math.abs(positions[i]!);
    const y = positions[i + 1]!;
    const [dx, dy] = [absX - origin[0], y - origin[1]];
    const along = dx * axis[0] + dy * axis[1];
    const depth = LINE_METRES - LINE_SLOPE * (Math.max(absX, LINE_LEVEL_METRES) - origin[0]) - dy;
    const fade = (1 - smoothstep(depth, ...LINE_FADE_METRES)) * (1 - smoothstep(y - neckY, ...JAW_METRES));
    const fromNeck = distanceFromAxis(neck, [absX, y, positions[i + 2]!]);
    const height = fade * (1 - smoothstep(along, ...ARM_FADE_METRES)) * smoothstep(fromNeck, ...NECK_METRES);
    const base = fade * smoothstep(fromNeck, ...BASE_METRES) * (1 - smoothstep(fromNeck, ...BASE_FADE_METRES));
    const breadth = bell(along, ...DELTOID_METRES) * smoothstep(dx * offX + dy * offY, ...DELTOID_FADE_METRES);
    displacements[i] = Math.sign(positions[i]!) * broaden * breadth * offX;
    displacements[i + 1] = lift * height + liftBase * base + broaden * breadth * offY;
  }
  return displacements;
}

/** Returns the distance of a point (x, y, z, metres) from a part's axis, metres. */
function distanceFromAxis({ origin, axis }: Part, point: Vector): number {
  return Math.hypot(...cross(subtract(point, origin), axis));
}
