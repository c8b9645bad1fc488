import type { LandmarkOutputs } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

/** Pose score, 0..1, below which the region shows no person. */
export const MIN_POSE_SCORE = 0.5;
/** Index of a landmark's visibility, a logit, among its values. */
const VISIBILITY = 3;
/** Limits of a visibility: beyond them the logits of the model say no more. */
const MIN_VISIBILITY = -8;
const MAX_VISIBILITY = 10;
// BlazePose's indices of the landmarks that the evidence uses.
const SHOULDERS = [11, 12] as const;
const HIPS = [23, 24] as const;
const LEFT_ARM = [13, 15] as const;
const RIGHT_ARM = [14, 16] as const;

// Weights beside the detector's logit, by logistic regression with the full model on 47 pictures of people and mannequins
// whose face is seen, 169 with a dark rectangle over the face, and 304 without a person (clothes laid flat and on hangers,
// dress forms, furniture, tools, textures, landscapes, animals); rounded.
const ARM_WEIGHT = 0.75;
const TRUNK_WEIGHT = 0.5;
/**
 * Evidence from which a pose is a person's if a second run of the landmark model, on the region that the pose predicts,
 * gives as much; and evidence from which it is a person's at once. Of those pictures, all 47 bare faces pass (46 at once),
 * 149 of the 169 covered ones, and one of the 304 without a person (a pig). By detector and pose score alone, 29 of the
 * latter pass.
 */
export const MIN_EVIDENCE = 3.25;
export const CLEAR_EVIDENCE = 4.5;

/** Returns the lower visibility of two landmarks. */
function visibilityOf(landmarks: Float32Array, [a, b]: readonly [number, number]): number {
  const visibility = Math.min(
    landmarks[a * RAW_LANDMARK_VALUES + VISIBILITY],
    landmarks[b * RAW_LANDMARK_VALUES + VISIBILITY],
  );
  return Math.min(MAX_VISIBILITY, Math.max(MIN_VISIBILITY, visibility));
}

/**
 * Returns how much speaks for a pose with which a track would begin being a person's, about a logit; −Infinity below the
 * pose score of a person. The pose score alone does not tell: it is above 0.9 for most dress forms and for shirts on
 * hangers. They are trunks without arms and face. So the evidence is a sum: what the detector, which looks for faces,
 * gives for the frame; the visibility of the arm that is seen best; and how much better shoulders than hips are seen,
 * because all that looks like a trunk has hips. A clear face makes up for hidden arms, and a clear arm for a hidden face.
 *
 * @param detectorLogit highest logit of the person detector in the frame.
 */
export function personEvidence({ landmarks, score }: LandmarkOutputs, detectorLogit: number): number {
  if (!(score[0] >= MIN_POSE_SCORE)) return -Infinity;
  const arm = Math.max(visibilityOf(landmarks, LEFT_ARM), visibilityOf(landmarks, RIGHT_ARM));
  const trunk = visibilityOf(landmarks, SHOULDERS) - visibilityOf(landmarks, HIPS);
  return detectorLogit + ARM_WEIGHT * arm + TRUNK_WEIGHT * trunk;
}
