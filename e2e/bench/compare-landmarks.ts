// Compares the landmarks of a tracker with those of another tracker, or with the truth.
import { landmarkIndex } from '../../src/body/landmark-index.ts';

/** What a tracker found in one frame. */
export interface SeenPose {
  /** Size of the frame, pixels. */
  width: number;
  height: number;
  /** 33 of BlazePose, in its order: x and y 0..1 from the frame's top left, visibility 0..1. Null without a person. */
  landmarks: readonly { x: number; y: number; visibility: number }[] | null;
}

/** Points by the name of their landmark (`leftShoulder`), pixels from the frame's top left. */
export type Joints = Readonly<Record<string, readonly [x: number, y: number]>>;

/** A landmark is compared if its visibility is above this value for both trackers. */
const VISIBLE = 0.5;

/** Names of the joints that place a garment. Their true positions are known exactly. */
export const comparedJoints = (['Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const).flatMap(
  (joint) => [`left${joint}`, `right${joint}`] as const,
);

/** Returns the joints of a pose in pixels by name; null without a person. */
export function jointsOf({ width, height, landmarks }: SeenPose): Joints | null {
  return (
    landmarks &&
    Object.fromEntries(
      comparedJoints.map((name) => [
        name,
        [landmarks[landmarkIndex[name]].x * width, landmarks[landmarkIndex[name]].y * height],
      ]),
    )
  );
}

/** Returns the distance from the middle of the shoulders to the middle of the hips, pixels. */
export function torsoLength({ leftShoulder, rightShoulder, leftHip, rightHip }: Joints): number {
  return (
    Math.hypot(
      leftShoulder[0] + rightShoulder[0] - leftHip[0] - rightHip[0],
      leftShoulder[1] + rightShoulder[1] - leftHip[1] - rightHip[1],
    ) / 2
  );
}

/** Distances between two trackers' landmarks. */
export interface Parity {
  /** One value for each landmark that is visible to both trackers, pixels. */
  px: number[];
  /** The same, as shares of the reference's torso length. */
  torso: number[];
  /** Frames in which only one tracker found a person. */
  disagreements: number;
}

/** Measures the distances between the landmarks of `ours` and `reference`: poses by frame, of the same frames. */
export function compareLandmarks(ours: readonly SeenPose[], reference: readonly SeenPose[]): Parity {
  const parity: Parity = { px: [], torso: [], disagreements: 0 };
  reference.forEach((expected, i) => {
    const joints = jointsOf(expected);
    const seen = ours[i].landmarks;
    if (!expected.landmarks || !joints || !seen) {
      if ((seen === null) !== (expected.landmarks === null)) parity.disagreements++;
      return;
    }
    const torso = torsoLength(joints);
    expected.landmarks.forEach((landmark, k) => {
      const { x, y, visibility } = seen[k];
      if (visibility <= VISIBLE || landmark.visibility <= VISIBLE) return;
      const distance = Math.hypot((x - landmark.x) * expected.width, (y - landmark.y) * expected.height);
      parity.px.push(distance);
      parity.torso.push(distance / torso);
    });
  });
  return parity;
}

/**
 * Returns the distances of the compared joints from their true positions as shares of the true torso length, frame
 * after frame. `seen`, `truth`: by frame. Frames without a person are left out.
 */
export function compareWithTruth(seen: readonly SeenPose[], truth: readonly Joints[]): number[] {
  return seen.flatMap((pose, i) => {
    const joints = jointsOf(pose);
    const exact = truth[i];
    if (!joints || !exact) return [];
    const torso = torsoLength(exact);
    return comparedJoints.map(
      (name) => Math.hypot(joints[name][0] - exact[name][0], joints[name][1] - exact[name][1]) / torso,
    );
  });
}
