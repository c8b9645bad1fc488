import { MathUtils, Quaternion, Vector3 } from 'three';
import { alignBases } from '../math/align-bases.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { LEG_BONES, type LegBone } from './leg-bones.ts';
import { between, middleOf } from './points.ts';
import type { PoseStep } from './pose-step.ts';

/**
 * Visibilities of a leg bone's lower landmark below which the landmark is a mere guess, and from which it is a
 * measurement. Compared with the truth on half-body clips of rendered people, knees and ankles with a visibility above
 * 0.4 are off by 0.1 of the trunk's length, those below 0.2 by 0.2 to 0.4.
 */
const GUESSED_VISIBILITY = 0.1;
const MEASURED_VISIBILITY = 0.5;
/** Time in which the remembered direction of a bone follows a change to 63 %, milliseconds: about that of a step. */
const MEMORY_MS = 800;

const up = new Vector3();
const restUp = new Vector3();
const across = new Vector3();
const restAcross = new Vector3();
const hips = new Vector3();
/** From the rest pose to camera space, and back. */
const pelvis = new Quaternion();
const pelvisToRest = new Quaternion();
/** From the upper to the lower landmark of a leg bone: as tracked, in camera space, metres. */
const tracked = new Vector3();
/** Unit directions of the bone in the rest pose's axes: of a standing person, as tracked, and what is believed. */
const standing = new Vector3();
const seen = new Vector3();
const believed = new Vector3();
/** From where the lower landmark was to where it goes, camera space, metres. */
const shift = new Vector3();

/** Writes the trunk's axis and the line through the hips to `upwards` and `sideways`. */
function readPelvis(points: ArrayLike<number>, upwards: Vector3, sideways: Vector3): void {
  middleOf(points, at.leftShoulder, at.rightShoulder, upwards).sub(middleOf(points, at.leftHip, at.rightHip, hips));
  between(points, at.rightHip, at.leftHip, sideways);
}

/** How far the lower end of a leg bone is measured, 0..1. Where the ankle is visible, the knee above it is known too. */
function measuredShare({ below }: LegBone, visibility: ArrayLike<number>): number {
  let best = 0;
  for (const landmark of below) best = Math.max(best, visibility[landmark]);
  return MathUtils.smoothstep(best, GUESSED_VISIBILITY, MEASURED_VISIBILITY);
}

/**
 * Creates the step that poses legs that are not seen: outside the picture, or behind a desk. The tracker invents their
 * landmarks, and cloth over the thighs would follow them. The less a landmark is visible, the more its bone takes the
 * direction, relative to the pelvis, in which it was last seen; from there it returns to that of a standing person.
 *
 * 1. Compute the pelvis's rotation from shoulders and hips.
 * 2. For each thigh and shank, mix the direction of its landmarks with the remembered one.
 * 3. Move the lower landmark there, and all landmarks below it along.
 *
 * A leg that is seen stays exactly where its landmarks are.
 */
export function createLegGuesser(): PoseStep<'placed' | 'rest' | 'visibility' | 'uprightSlope' | 'tracked'> {
  /** By leg bone: unit direction in the rest pose's axes, as remembered; zero: nothing is remembered. */
  const remembered = LEG_BONES.map(() => new Vector3());
  let previousMs = 0;

  return {
    name: 'guess-hidden-legs',
    apply({ placed, rest: { sites }, visibility, uprightSlope, tracked: { timeMs } }) {
      readPelvis(placed, up, across);
      readPelvis(sites, restUp, restAcross);
      if (uprightSlope !== null) restUp.z = uprightSlope * restUp.y;
      if (!alignBases(restUp, restAcross, up, across, pelvis)) return;
      pelvisToRest.copy(pelvis).invert();
      const followed = 1 - Math.exp(-Math.max(0, timeMs - previousMs) / MEMORY_MS);
      previousMs = timeMs;
      for (let i = 0; i < LEG_BONES.length; i++) {
        const bone = LEG_BONES[i];
        const { from, to, below } = bone;
        const share = measuredShare(bone, visibility);
        between(placed, from, to, tracked);
        between(sites, from, to, standing);
        const length = MathUtils.lerp(standing.length(), tracked.length(), share);
        seen.copy(tracked).normalize().applyQuaternion(pelvisToRest);
        believed.lerpVectors(standing.normalize(), seen, share).normalize();
        const memory = remembered[i];
        if (memory.lengthSq() === 0) memory.copy(believed);
        else memory.lerp(believed, followed).normalize();
        if (share === 1) continue;
        believed.lerpVectors(memory, seen, share).normalize();
        shift.copy(believed).applyQuaternion(pelvis).multiplyScalar(length).sub(tracked);
        for (const landmark of below) {
          placed[3 * landmark] += shift.x;
          placed[3 * landmark + 1] += shift.y;
          placed[3 * landmark + 2] += shift.z;
        }
      }
    },
    reset() {
      for (const memory of remembered) memory.set(0, 0, 0);
    },
  };
}
