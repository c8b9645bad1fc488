import { MathUtils } from 'three';
import { boneIndex } from '../../src/mannequin/mannequin.ts';
import type { BodyParts } from './body-parts.ts';
import type { Part } from './part.ts';
import { cross, subtract, type Vector } from './vector.ts';

const { smoothstep, lerp } = MathUtils;

/** Distances from the neck's axis between which the morph begins: the neck's own skin stays in place, metres. */
const NECK_METRES = [0.05, 0.14] as const;
/** Heights over the neck's joint between which the morph ends: head and jaw stay in place, metres. */
const JAW_METRES = [0, 0.04] as const;
/** Distance of the shoulder's top from the arm's axis, metres; over the trunk its height over the shoulder's joint. */
const ARM_TOP_METRES = 0.055;
const TRUNK_TOP_METRES = 0.07;
/** Rise of the shoulder line towards the neck for each metre, and distance from the middle from which it is level. */
const LINE_SLOPE = 0.3;
const LINE_LEVEL_METRES = 0.07;
/** Depths under the shoulder's top between which the morph fades out, metres. Armpits are just beneath. */
const FADE_METRES = [0.005, 0.115] as const;
/** Places along the arm, from the shoulder's joint, between which the morph fades out, metres. */
const ARM_METRES = [-0.04, 0.14] as const;
/** Places along the arm, from the shoulder's joint, between which the direction turns from upwards to off the arm, metres. */
const TURN_METRES = [-0.1, 0.03] as const;

/**
 * Returns the displacement of each vertex, 3 × vertices, metres, by the morph `shoulderHeight`: the skin between neck
 * and deltoid stands `metres` higher over the joints, which stay in place. Over the trunk the skin moves upwards, at the
 * deltoid away from the arm's axis, so that a hanging arm's shoulder gets broader. To the neck, down chest and back and
 * along the upper arm the displacement fades out over 10 to 18 cm, so that no skin crosses at weights of −2 to 2.
 *
 * @param positions 3 × vertices, metres, the skin of `body`.
 */
export function raiseShoulders(positions: ArrayLike<number>, body: BodyParts, metres: number): Float64Array {
  const displacements = new Float64Array(positions.length);
  const neckY = body.joints[3 * boneIndex.neck + 1]!;
  const neck = body.parts.find(({ name }) => name === 'neck')!;
  const { origin, axis } = body.arm;
  /** Off the arm: up and outwards. */
  const off: Vector = [-axis[1], axis[0], 0];
  for (let i = 0; i < positions.length; i += 3) {
    const absX = Math.abs(positions[i]!);
    const [dx, dy] = [absX - origin[0], positions[i + 1]! - origin[1]];
    const along = dx * axis[0] + dy * axis[1];
    const toArm = smoothstep(along, ...TURN_METRES);
    const trunkDepth = TRUNK_TOP_METRES - LINE_SLOPE * (Math.max(absX, LINE_LEVEL_METRES) - origin[0]) - dy;
    const armDepth = ARM_TOP_METRES - (dx * off[0] + dy * off[1]);
    const length =
      metres *
      (1 - smoothstep(lerp(trunkDepth, armDepth, toArm), ...FADE_METRES)) *
      (1 - smoothstep(along, ...ARM_METRES)) *
      smoothstep(distanceFromAxis(neck, [absX, positions[i + 1]!, positions[i + 2]!]), ...NECK_METRES) *
      (1 - smoothstep(positions[i + 1]! - neckY, ...JAW_METRES));
    const norm = Math.hypot(toArm * off[0], lerp(1, off[1], toArm));
    displacements[i] = (Math.sign(positions[i]!) * length * toArm * off[0]) / norm;
    displacements[i + 1] = (length * lerp(1, off[1], toArm)) / norm;
  }
  return displacements;
}

/** Returns the distance of a point from a part's axis, metres. */
function distanceFromAxis({ origin, axis }: Part, point: Vector): number {
  return Math.hypot(...cross(subtract(point, origin), axis));
}
