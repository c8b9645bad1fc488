import { MathUtils, Quaternion, Vector3 } from 'three';
import { alignBases } from '../math/align-bases.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { LEG_BONES, type LegBone } from './leg-bones.ts';
import { between, middleOf } from './points.ts';
import type { PoseStep } from './pose-step.ts';

/**
 * Up to this visibility the lower landmark of a leg bone is a mere guess of the tracker; visibilities are 0..1. On
 * films of half a body the knees and ankles of low visibility are far from the truth, the others near it.
 */
const GUESSED_VISIBILITY = 0.1;
/** From this visibility on the landmark is a measurement. Between both the transition is smooth. */
const MEASURED_VISIBILITY = 0.5;
/** Time in which the remembered direction of a bone covers 63 % of a change, milliseconds: about that of one stride. */
const MEMORY_MS = 800;

// Scratch. The trunk's axis, from the hips to the shoulders, and the line from the right to the left hip, metres: of
// the shopper in camera space, and of the mannequin in its rest pose.
const up = new Vector3();
const across = new Vector3();
const restUp = new Vector3();
const restAcross = new Vector3();
const hips = new Vector3();
/** Rotation of the pelvis from the rest pose to camera space, and its inverse. */
const pelvis = new Quaternion();
const pelvisToRest = new Quaternion();
/** From the upper to the lower landmark of a leg bone, before this step moves it: camera space, metres. */
const placedBone = new Vector3();
// Unit directions of that bone relative to the pelvis, in the axes of the rest pose.
/** Of a person who stands. Before it is normalised, it is the mannequin's bone, metres. */
const standing = new Vector3();
/** Of the placed landmarks. */
const seen = new Vector3();
/** What this frame shows: `seen` as far as it is measured, else `standing`. */
const observed = new Vector3();
/** The result: `seen` as far as it is measured, else the remembered direction. */
const chosen = new Vector3();
/** From the place of the lower landmark to its new place: camera space, metres. */
const shift = new Vector3();

/** Writes the trunk's axis to `upwards` and the line from the right to the left hip to `sideways`. `points`: 3 × 33. */
function readPelvis(points: ArrayLike<number>, upwards: Vector3, sideways: Vector3): void {
  middleOf(points, at.leftShoulder, at.rightShoulder, upwards).sub(middleOf(points, at.leftHip, at.rightHip, hips));
  between(points, at.rightHip, at.leftHip, sideways);
}

/**
 * Returns how far the lower end of a leg bone is measured, 0 (guessed) to 1. The most visible landmark of `below`
 * counts (the bone's lower landmark and all further down the leg): where the ankle is seen, the knee is known too.
 */
function measuredShare({ below }: LegBone, visibility: ArrayLike<number>): number {
  let best = 0;
  for (const landmark of below) best = Math.max(best, visibility[landmark]);
  return MathUtils.smoothstep(best, GUESSED_VISIBILITY, MEASURED_VISIBILITY);
}

/**
 * Creates the step of the body solve that poses legs that are not seen: outside the picture, or behind a desk. The
 * tracker invents their landmarks, and cloth over the thighs would follow them. A leg that is seen stays exactly where
 * its landmarks are.
 *
 * 1. Compute the pelvis's rotation from shoulders and hips.
 * 2. For each thigh, then each shank: compute how far its lower landmark is measured, from the visibilities.
 * 3. Remember the bone's direction relative to the pelvis as a running mean, in which a bone that is not seen counts as
 *    that of a standing person. So the direction of a leg that disappears stays at first, and returns to standing.
 * 4. Compute the bone's new direction and length: as measured, those of its landmarks; as guessed, the remembered
 *    direction and the mannequin's length; a mix in between. Move the lower landmark there, and all landmarks further
 *    down the leg by the same vector.
 *
 * - `placed`, changed: 3 × 33 landmarks in camera space, metres.
 * - `rest.sites`: 3 × 33 landmark sites of the mannequin in its rest pose and the shopper's shape, metres.
 * - `visibility`: 33 values, 0..1.
 * - `uprightSlope`: slope z / y of the line from hips to shoulders of a person who stands upright, positive when the
 *   shoulders are in front. A trunk with this slope then counts as an unrotated pelvis. Null: the mannequin's slope.
 * - `tracked.timeMs`: time of the frame, milliseconds.
 */
export function createLegGuesser(): PoseStep<'placed' | 'rest' | 'visibility' | 'uprightSlope' | 'tracked'> {
  /** By leg bone: unit direction in the axes of the rest pose, as remembered; zero: nothing is remembered. */
  const remembered = LEG_BONES.map(() => new Vector3());
  let previousTimeMs = 0;

  return {
    name: 'guess-hidden-legs',
    apply({ placed, rest: { sites }, visibility, uprightSlope, tracked: { timeMs } }) {
      readPelvis(placed, up, across);
      readPelvis(sites, restUp, restAcross);
      if (uprightSlope !== null) restUp.z = uprightSlope * restUp.y;
      if (!alignBases(restUp, restAcross, up, across, pelvis)) return;
      pelvisToRest.copy(pelvis).invert();
      const memoryGain = 1 - Math.exp(-Math.max(0, timeMs - previousTimeMs) / MEMORY_MS);
      previousTimeMs = timeMs;
      for (let i = 0; i < LEG_BONES.length; i++) {
        const bone = LEG_BONES[i];
        const { from, to, below } = bone;
        const measured = measuredShare(bone, visibility);
        between(placed, from, to, placedBone);
        between(sites, from, to, standing);
        const lengthMetres = MathUtils.lerp(standing.length(), placedBone.length(), measured);
        standing.normalize();
        seen.copy(placedBone).normalize().applyQuaternion(pelvisToRest);
        observed.lerpVectors(standing, seen, measured).normalize();
        const memory = remembered[i];
        if (memory.lengthSq() === 0) memory.copy(observed);
        else memory.lerp(observed, memoryGain).normalize();
        if (measured === 1) continue;
        chosen.lerpVectors(memory, seen, measured).normalize();
        shift.copy(chosen).applyQuaternion(pelvis).multiplyScalar(lengthMetres).sub(placedBone);
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
