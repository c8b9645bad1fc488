import { MathUtils } from 'three';
import type { PosedBody } from '../body/body.ts';
import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';

/**
 * How far before the trunk's axis a forearm that crosses it is drawn at least, metres: further than chest and belly reach
 * in loose cloth. A third of what it lies before the axis is added, so that of two crossed arms the nearer stays the nearer.
 */
const BEFORE_TRUNK_METRES = 0.2;
const KEPT_RELIEF = 1 / 3;
/** Where a place on the arm counts as over the trunk: wholly within this much of the trunk's axis and not at all beyond the other, in half shoulder breadths. */
const OVER_TRUNK = 0.9;
const BESIDE_TRUNK = 1.35;
/**
 * From where an arm over the trunk counts as before it, and where it does wholly, metres before the trunk's axis, or before the
 * arm's own shoulder where a turn takes that behind the axis. A pose model's depth of a wrist is off by 8 cm (one standard
 * deviation) and mostly too deep; arms behind the back lie 15 cm behind the axis.
 */
const BEHIND_METRES = -0.11;
const BEFORE_METRES = -0.03;

/** Nothing is drawn at less of its distance than this, and nothing is taken to be nearer to the camera, metres: guesses of people close by. */
const LEAST_NEARNESS = 0.5;
const LEAST_DEPTH_METRES = 0.1;

const { hips, upperChest, leftUpperArm, rightUpperArm } = boneIndex;

/** A bone that follows, and the place that tells where it is: on the way from one joint to another. */
interface Part {
  bone: number;
  shoulder: number;
  from: number;
  to: number;
  share: number;
}

function part(side: 'left' | 'right', bone: string, share: number): Part {
  const index = (name: string): number => boneIndex[`${side}${name}` as BoneName];
  return { bone: index(bone), shoulder: index('UpperArm'), from: index('LowerArm'), to: index('Hand'), share };
}
/** The hand by its middle, as far beyond the wrist as the forearm points. */
const parts: readonly Part[] = (['left', 'right'] as const).flatMap((side) => [
  part(side, 'LowerArm', 0),
  part(side, 'LowerArmTwist', 0.5),
  part(side, 'Hand', 1.3),
]);

/**
 * Says how much nearer forearms and hands are to be drawn that cross the trunk before it. Their place in the picture is
 * exact, their depth a guess, and an arm guessed a little too deep would vanish under the shirt. So what lies over the trunk, and is
 * not clearly behind it, is drawn before it, along the line of sight: whatever hangs on these bones comes along and stays where it is in the picture.
 *
 * @param positions the posed joints, camera space, metres.
 * @param nearness per bone the share of its distance that it is drawn at, BONE_COUNT; only forearms and hands are written.
 */
export function bringArmsForward({ positions }: PosedBody, nearness: Float32Array): void {
  const axisX = positions[3 * upperChest] - positions[3 * hips];
  const axisY = positions[3 * upperChest + 1] - positions[3 * hips + 1];
  const axisZ = positions[3 * upperChest + 2] - positions[3 * hips + 2];
  const shown = Math.hypot(axisX, axisY) || 1;
  const halfBreadth =
    Math.hypot(
      positions[3 * leftUpperArm] - positions[3 * rightUpperArm],
      positions[3 * leftUpperArm + 1] - positions[3 * rightUpperArm + 1],
      positions[3 * leftUpperArm + 2] - positions[3 * rightUpperArm + 2],
    ) / 2;
  for (const { bone, shoulder, from, to, share } of parts) {
    const depth = Math.max(LEAST_DEPTH_METRES, -at(positions, from, to, share, 2));
    // At the trunk's distance, so that places in the picture compare.
    const scale = -(positions[3 * hips + 2] + axisZ / 2) / depth;
    const x = at(positions, from, to, share, 0) * scale - positions[3 * hips];
    const y = at(positions, from, to, share, 1) * scale - positions[3 * hips + 1];
    const aside = Math.abs(x * axisY - y * axisX) / shown;
    const axisDepth = -(positions[3 * hips + 2] + axisZ * MathUtils.clamp((x * axisX + y * axisY) / shown ** 2, 0, 1));
    const before = axisDepth - depth;
    const shoulderBehind = Math.max(0, -positions[3 * shoulder + 2] + positions[3 * upperChest + 2]);
    const isBefore =
      MathUtils.smoothstep(before - shoulderBehind, BEHIND_METRES, BEFORE_METRES) *
      (1 - MathUtils.smoothstep(aside / halfBreadth, OVER_TRUNK, BESIDE_TRUNK));
    const wanted = Math.max(before, BEFORE_TRUNK_METRES + KEPT_RELIEF * before);
    nearness[bone] = Math.max(LEAST_NEARNESS, 1 - (isBefore * (wanted - before)) / depth);
  }
}

/** A coordinate of the place that lies `share` of the way from one joint to another. */
function at(positions: Float32Array, from: number, to: number, share: number, axis: number): number {
  return positions[3 * from + axis] + share * (positions[3 * to + axis] - positions[3 * from + axis]);
}
