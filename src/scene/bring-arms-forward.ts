import { MathUtils } from 'three';
import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { coordinateBetween, type JointLinePoint } from './coordinate-between.ts';

/**
 * Least distance before the trunk's axis (hips to upper chest; before: towards the camera) at which a forearm that
 * crosses it is drawn, metres: further than chest and belly reach in loose cloth. A third of the arm's own distance is
 * added, so that of two crossed arms the nearer stays the nearer.
 */
const BEFORE_TRUNK_METRES = 0.2;
const KEPT_RELIEF = 1 / 3;
/**
 * Distance from the trunk's axis, in half shoulder breadths, below which a place on the arm counts wholly as over the
 * trunk, and above which it does not count at all.
 */
const OVER_TRUNK = 0.9;
const BESIDE_TRUNK = 1.35;
/**
 * Distance before the trunk's axis, metres, below which an arm over the trunk counts as behind it, and above which it
 * counts wholly as before it; measured from the arm's own shoulder where a turn takes that behind the axis. A pose
 * model's depth of a wrist is off by 8 cm (one standard deviation) and mostly too deep; arms behind the back lie 15 cm
 * behind the axis.
 */
const BEHIND_METRES = -0.11;
const BEFORE_METRES = -0.03;

/**
 * Limits for guessed bodies close to the camera: least share of its distance that a bone is drawn at, least distance,
 * metres.
 */
const MIN_NEARNESS = 0.5;
const MIN_DEPTH_METRES = 0.1;

const { hips, upperChest, leftUpperArm, rightUpperArm } = boneIndex;

/** A bone that is moved, its shoulder, and the place that decides how far. */
interface Part extends JointLinePoint {
  bone: number;
  shoulder: number;
}

/** Returns the part of a bone (its name without the side); its place is at `share` from elbow (0) to wrist (1). */
function part(side: 'left' | 'right', bone: string, share: number): Part {
  const index = (name: string): number => boneIndex[`${side}${name}` as BoneName];
  return { bone: index(bone), shoulder: index('UpperArm'), from: index('LowerArm'), to: index('Hand'), share };
}

/**
 * Forearms and hands. The middle of the hand decides for the hand: it lies beyond the wrist, in line with the forearm.
 */
const parts: readonly Part[] = (['left', 'right'] as const).flatMap((side) => [
  part(side, 'LowerArm', 0),
  part(side, 'LowerArmTwist', 0.5),
  part(side, 'Hand', 1.3),
]);

/**
 * Computes how much nearer forearms and hands are drawn that cross the trunk before it. Their place in the picture is
 * exact and their depth a guess, and an arm guessed a little too deep would vanish under the shirt. An arm over the
 * trunk that is not clearly behind it is drawn before it, moved along the line of sight, so that its place in the
 * picture stays. Cloth on these bones moves along.
 *
 * @param body its `positions`: the posed joints, 3 × BONE_COUNT, camera space (+x right in the picture, +y up, −z away
 * from the camera), metres.
 * @param nearness per bone the share of its distance from the camera that it is drawn at, 0.5..1, BONE_COUNT values;
 * only forearms and hands are written.
 */
export function bringArmsForward({ positions }: PosedBody, nearness: Float32Array): void {
  const axisX = positions[3 * upperChest] - positions[3 * hips];
  const axisY = positions[3 * upperChest + 1] - positions[3 * hips + 1];
  const axisZ = positions[3 * upperChest + 2] - positions[3 * hips + 2];
  const axisLengthInPicture = Math.hypot(axisX, axisY) || 1;
  const halfBreadth =
    Math.hypot(
      positions[3 * leftUpperArm] - positions[3 * rightUpperArm],
      positions[3 * leftUpperArm + 1] - positions[3 * rightUpperArm + 1],
      positions[3 * leftUpperArm + 2] - positions[3 * rightUpperArm + 2],
    ) / 2;
  for (const part of parts) {
    const depth = Math.max(MIN_DEPTH_METRES, -coordinateBetween(positions, part, 2));
    // Scaled to the trunk's distance, so that places in the picture compare.
    const scale = -(positions[3 * hips + 2] + axisZ / 2) / depth;
    const x = coordinateBetween(positions, part, 0) * scale - positions[3 * hips];
    const y = coordinateBetween(positions, part, 1) * scale - positions[3 * hips + 1];
    const aside = Math.abs(x * axisY - y * axisX) / axisLengthInPicture;
    const shareOfAxis = MathUtils.clamp((x * axisX + y * axisY) / axisLengthInPicture ** 2, 0, 1);
    const axisDepth = -(positions[3 * hips + 2] + axisZ * shareOfAxis);
    const before = axisDepth - depth;
    const shoulderBehind = Math.max(0, -positions[3 * part.shoulder + 2] + positions[3 * upperChest + 2]);
    const isBefore =
      MathUtils.smoothstep(before - shoulderBehind, BEHIND_METRES, BEFORE_METRES) *
      (1 - MathUtils.smoothstep(aside / halfBreadth, OVER_TRUNK, BESIDE_TRUNK));
    const wanted = Math.max(before, BEFORE_TRUNK_METRES + KEPT_RELIEF * before);
    nearness[part.bone] = Math.max(MIN_NEARNESS, 1 - (isBefore * (wanted - before)) / depth);
  }
}
