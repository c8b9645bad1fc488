import { BONE_COUNT, type BoneName, boneNames, boneParents } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';
import type { PoseStep } from './pose-step.ts';

/**
 * Bone → the landmarks that determine it. Their smallest visibility is the bone's confidence; a bone without an entry
 * has its parent's confidence.
 */
const BONE_LANDMARKS: Partial<Record<BoneName, readonly number[]>> = {
  // The trunk is rigid: visible shoulders also tell where hips outside the picture are.
  hips: [landmarkIndex.leftShoulder, landmarkIndex.rightShoulder],
  head: [landmarkIndex.nose],
  leftShoulder: [landmarkIndex.leftShoulder],
  leftUpperArm: [landmarkIndex.leftShoulder, landmarkIndex.leftElbow],
  leftLowerArm: [landmarkIndex.leftElbow, landmarkIndex.leftWrist],
  leftHand: [landmarkIndex.leftWrist],
  rightShoulder: [landmarkIndex.rightShoulder],
  rightUpperArm: [landmarkIndex.rightShoulder, landmarkIndex.rightElbow],
  rightLowerArm: [landmarkIndex.rightElbow, landmarkIndex.rightWrist],
  rightHand: [landmarkIndex.rightWrist],
  leftUpperLeg: [landmarkIndex.leftHip, landmarkIndex.leftKnee],
  leftLowerLeg: [landmarkIndex.leftKnee, landmarkIndex.leftAnkle],
  leftFoot: [landmarkIndex.leftAnkle],
  rightUpperLeg: [landmarkIndex.rightHip, landmarkIndex.rightKnee],
  rightLowerLeg: [landmarkIndex.rightKnee, landmarkIndex.rightAnkle],
  rightFoot: [landmarkIndex.rightAnkle],
};

/** The same landmarks by index into `boneNames`. */
const LANDMARKS_BY_BONE: readonly (readonly number[])[] = boneNames.map((name) => BONE_LANDMARKS[name] ?? []);

/**
 * The step of the body solve that writes each bone's confidence, 0..1, to `target.confidence` (in the order of
 * `boneNames`, parents first), from `visibility` (33 landmarks, 0..1).
 */
export const writeConfidence: PoseStep<'visibility' | 'target'> = {
  name: 'write-confidence',
  isEssential: true,
  apply({ visibility, target }) {
    for (let bone = 0; bone < BONE_COUNT; bone++) {
      const landmarks = LANDMARKS_BY_BONE[bone];
      let confidence = landmarks.length > 0 ? 1 : target.confidence[Math.max(0, boneParents[bone])];
      for (const landmark of landmarks) confidence = Math.min(confidence, visibility[landmark]);
      target.confidence[bone] = confidence;
    }
  },
};
