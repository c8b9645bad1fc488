import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';

/** Elbows bend forwards, knees backwards. */
const ELBOW_BEND = new Vector3(0, 0, 1);
const KNEE_BEND = new Vector3(0, 0, -1);

/** Indices of the bones of a limb (`boneIndex`), and of the landmarks of its joints (`landmarkIndex`). */
export interface Limb {
  /** Direction in which the lower limb moves when elbow or knee bend in the rest pose. */
  bend: Vector3;
  upper: number;
  upperTwist: number;
  lower: number;
  /** Landmark of the elbow or knee. */
  middle: number;
  /** Landmark of the wrist or ankle. */
  end: number;
}

/** An arm with clavicle and hand; `pinky` and `index` are the landmarks of the finger knuckles. */
export interface Arm extends Limb {
  side: 'left' | 'right';
  clavicle: number;
  lowerTwist: number;
  hand: number;
  /** Landmark of the shoulder. */
  root: number;
  pinky: number;
  index: number;
}

/** A leg with its foot; `heel` and `toe` are landmarks. */
export interface Leg extends Limb {
  foot: number;
  toes: number;
  heel: number;
  toe: number;
}

export const ARMS: readonly Arm[] = [
  {
    side: 'left',
    bend: ELBOW_BEND,
    clavicle: boneIndex.leftShoulder,
    upper: boneIndex.leftUpperArm,
    upperTwist: boneIndex.leftUpperArmTwist,
    lower: boneIndex.leftLowerArm,
    lowerTwist: boneIndex.leftLowerArmTwist,
    hand: boneIndex.leftHand,
    root: landmarkIndex.leftShoulder,
    middle: landmarkIndex.leftElbow,
    end: landmarkIndex.leftWrist,
    pinky: landmarkIndex.leftPinky,
    index: landmarkIndex.leftIndex,
  },
  {
    side: 'right',
    bend: ELBOW_BEND,
    clavicle: boneIndex.rightShoulder,
    upper: boneIndex.rightUpperArm,
    upperTwist: boneIndex.rightUpperArmTwist,
    lower: boneIndex.rightLowerArm,
    lowerTwist: boneIndex.rightLowerArmTwist,
    hand: boneIndex.rightHand,
    root: landmarkIndex.rightShoulder,
    middle: landmarkIndex.rightElbow,
    end: landmarkIndex.rightWrist,
    pinky: landmarkIndex.rightPinky,
    index: landmarkIndex.rightIndex,
  },
];

export const LEGS: readonly Leg[] = [
  {
    bend: KNEE_BEND,
    upper: boneIndex.leftUpperLeg,
    upperTwist: boneIndex.leftUpperLegTwist,
    lower: boneIndex.leftLowerLeg,
    foot: boneIndex.leftFoot,
    toes: boneIndex.leftToes,
    middle: landmarkIndex.leftKnee,
    end: landmarkIndex.leftAnkle,
    heel: landmarkIndex.leftHeel,
    toe: landmarkIndex.leftFootIndex,
  },
  {
    bend: KNEE_BEND,
    upper: boneIndex.rightUpperLeg,
    upperTwist: boneIndex.rightUpperLegTwist,
    lower: boneIndex.rightLowerLeg,
    foot: boneIndex.rightFoot,
    toes: boneIndex.rightToes,
    middle: landmarkIndex.rightKnee,
    end: landmarkIndex.rightAnkle,
    heel: landmarkIndex.rightHeel,
    toe: landmarkIndex.rightFootIndex,
  },
];
