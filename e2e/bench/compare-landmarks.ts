import { landmarkIndex } from '../../src/body/landmark-index.ts';

/** What a tracker saw in one frame: 33 × (x, y normalised to the frame, visibility 0..1), or null when it saw nobody. */
export interface SeenPose {
  /** Pixels. */
  width: number;
  height: number;
  landmarks: readonly { x: number; y: number; visibility: number }[] | null;
}

/** A point in pixels by its landmark's name. */
export type Joints = Readonly<Record<string, readonly [x: number, y: number]>>;

/** Landmarks count where both trackers call them rather visible than not. */
const VISIBLE = 0.5;

/** The joints that a garment hangs on and that a skeleton has exactly. */
export const comparedJoints = (['Shoulder', 'Elbow', 'Wrist', 'Hip', 'Knee', 'Ankle'] as const).flatMap(
  (joint) => [`left${joint}`, `right${joint}`] as const,
);

/** The joints of a pose in pixels. */
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

/** From the middle of the shoulders to the middle of the hips, pixels. */
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
  /** One per landmark and frame that both saw. */
  px: number[];
  /** The same as shares of the reference's torso. */
  torso: number[];
  /** Frames in which one of the two saw nobody and the other somebody. */
  disagreements: number;
}

/** Compares `ours` with `reference`, frame by frame. */
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
    expected.landmarks.forEach((there, k) => {
      const here = seen[k];
      if (here.visibility <= VISIBLE || there.visibility <= VISIBLE) return;
      const distance = Math.hypot((here.x - there.x) * expected.width, (here.y - there.y) * expected.height);
      parity.px.push(distance);
      parity.torso.push(distance / torso);
    });
  });
  return parity;
}

/** Distances of the compared joints from where they exactly are, as shares of the exact torso; frames without a pose have none. */
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
