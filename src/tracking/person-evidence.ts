import type { LandmarkOutputs } from './pose-networks.ts';
import { RAW_LANDMARK_VALUES } from './refine-landmarks.ts';

// The evidence that a pose with which a track would begin is a person's: a sum of logits (`personEvidence`), and the
// limits from which it is enough.

/** Pose score, 0..1, below which the region shows no person. */
export const MIN_POSE_SCORE = 0.5;
/** Index of a landmark's visibility, a logit, among its values. */
const VISIBILITY = 3;
/** Limits of a visibility: beyond them the logits of the model say no more. */
const MIN_VISIBILITY = -8;
const MAX_VISIBILITY = 10;

/**
 * Left landmarks of the pairs that the evidence uses, by BlazePose's index (the right one follows), and the weights of
 * their visibilities beside the detector's logit. They come from a logistic regression with the full model, rounded, on
 * 47 pictures of people and mannequins whose face is seen, 169 with a dark rectangle over the face, and 304 without a
 * person (clothes laid flat and on hangers, dress forms, furniture, tools, textures, landscapes, animals).
 */
const SHOULDERS = { left: 11, weight: 0.5 } as const;
const ELBOWS = { left: 13, weight: 0.55 } as const;
const WRISTS = { left: 15, weight: 0.15 } as const;
const HIPS = { left: 23, weight: -0.55 } as const;
const KNEES = { left: 25, weight: 0.35 } as const;
/** Lowest visibility of knees that counts: knees behind a desk or outside the picture say nothing against a person. */
const MIN_KNEES = -1;
/**
 * Evidence from which a pose is a person's if a second run of the landmark model, on the region that the pose predicts,
 * gives as much; and evidence from which it is a person's at once. Of those pictures, all 47 bare faces pass, 158 of
 * the 169 covered ones, and none of the 304 without a person. By detector and pose score alone, 29 of the latter pass.
 */
export const MIN_EVIDENCE = 3;
export const CLEAR_EVIDENCE = 5;

/** Returns the visibility of a landmark (39 × 5 values), a logit within limits. */
function visibilityOf(landmarks: Float32Array, index: number): number {
  const visibility = landmarks[index * RAW_LANDMARK_VALUES + VISIBILITY];
  return Math.min(MAX_VISIBILITY, Math.max(MIN_VISIBILITY, visibility));
}

/** Returns the higher (`choose` is `Math.max`) or lower visibility of a left and a right landmark, weighted. */
function weigh(
  landmarks: Float32Array,
  { left, weight }: { left: number; weight: number },
  choose: Math['max'],
): number {
  return weight * choose(visibilityOf(landmarks, left), visibilityOf(landmarks, left + 1));
}

/**
 * Returns how much speaks for a pose with which a track would begin being a person's, about a logit; −Infinity below
 * the pose score of a person. The pose score alone does not tell: it is above 0.9 for most dress forms and for shirts
 * on hangers. They are trunks without limbs and face. So the evidence is a sum: what the detector, which looks for
 * faces, gives for the frame; the visibility of the arm and of the knee that are seen best; and how much better
 * shoulders than hips are seen, because all that looks like a trunk has hips. A clear face makes up for hidden arms,
 * and a clear arm for a hidden face.
 *
 * @param outputs landmarks (39 × 5, visibility as a logit) and pose score (one value, 0..1) of the landmark model.
 * @param detectorLogit highest logit of the person detector in the frame.
 */
export function personEvidence({ landmarks, score }: LandmarkOutputs, detectorLogit: number): number {
  if (!(score[0] >= MIN_POSE_SCORE)) return -Infinity;
  return (
    detectorLogit +
    weigh(landmarks, ELBOWS, Math.max) +
    weigh(landmarks, WRISTS, Math.max) +
    Math.max(weigh(landmarks, KNEES, Math.max), KNEES.weight * MIN_KNEES) +
    weigh(landmarks, SHOULDERS, Math.min) +
    weigh(landmarks, HIPS, Math.min)
  );
}
