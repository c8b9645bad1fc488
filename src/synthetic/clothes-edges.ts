import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';

/**
 * Computes the distance of a point of the mean body from an edge of the clothes, metres: positive inside, negative
 * outside. The point is (|x|, y, z), metres, since both sides of the body are alike.
 */
type EdgeDistance = (absX: number, y: number, z: number) => number;

/** How far the clothes reach. */
interface ClothesLengths {
  /** Whether sleeves end at the wrists and trousers at the ankles, instead of above elbows and knees. */
  isLong: boolean;
  /** Height of the top's hem under the joint of the hips, metres. */
  hemMetres: number;
}

/** Distances for points far inside and far outside the clothes, metres. */
const INSIDE = 1;
const OUTSIDE = -0.05;

/** Creates the functions of the clothes' edges in the rest pose. Their numbers are lengths on the mean body, metres. */
export function createClothesEdges(
  { joints }: Mannequin,
  { isLong, hemMetres }: ClothesLengths,
): Record<'top' | 'shorts' | 'shoes' | 'hair', EdgeDistance> {
  const xOf = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone]];
  const yOf = (bone: keyof typeof boneIndex): number => joints[3 * boneIndex[bone] + 1];
  const forearmLength = Math.hypot(xOf('leftHand') - xOf('leftLowerArm'), yOf('leftHand') - yOf('leftLowerArm'));
  const upperArmLength = Math.hypot(
    xOf('leftLowerArm') - xOf('leftUpperArm'),
    yOf('leftLowerArm') - yOf('leftUpperArm'),
  );
  return {
    top: (absX, y, z) => {
      // The arm hangs 45° down and outwards.
      const alongArm = (absX - xOf('leftUpperArm')) * Math.SQRT1_2 - (y - yOf('leftUpperArm')) * Math.SQRT1_2;
      const sleeve =
        absX > xOf('leftUpperArm')
          ? upperArmLength * 0.55 - alongArm + (isLong ? forearmLength + 0.45 * upperArmLength - 0.01 : 0)
          : INSIDE;
      // The neckline is lower in front.
      const fromNeck = Math.hypot(absX, (yOf('neck') + 0.012 + (z > 0 ? -0.25 : -0.1) * (z + 0.035) - y) * 1.6);
      const neckline = y > yOf('neck') + 0.03 ? OUTSIDE : Math.min(fromNeck - 0.082, INSIDE);
      return Math.min(
        sleeve,
        y - (yOf('hips') - hemMetres),
        y > yOf('upperChest') + 0.05 && absX < 0.13 ? neckline : INSIDE,
      );
    },
    shorts: (absX, y) =>
      absX < xOf('leftLowerArm') - 0.05
        ? Math.min(yOf('spine') - 0.03 - y, y - (isLong ? yOf('leftFoot') + 0.01 : yOf('leftLowerLeg') + 0.17))
        : OUTSIDE,
    shoes: (_, y, z) => 0.068 + 0.12 * Math.max(0, -z - 0.03) - y,
    hair: (absX, y, z) => {
      // The hairline runs from above the brow back over the ears to the nape.
      const hairline =
        yOf('head') +
        (z > 0.02
          ? 0.052 + (z - 0.02) * 0.45 - (absX > 0.05 ? (absX - 0.05) * 1.2 : 0)
          : z > -0.045
            ? 0.02 + (z + 0.045) * 0.5
            : -0.045 + (z + 0.1) * 1.2);
      return y - hairline;
    },
  };
}
