import { Vector3 } from 'three';
import { boneIndex } from '../mannequin/mannequin.ts';
import { landmarkIndex } from './landmark-index.ts';

/** Unit directions, in model space, in which the lower limb moves when it bends: forearms forwards, shins backwards. */
const ELBOW_BEND = new Vector3(0, 0, 1);
const KNEE_BEND = new Vector3(0, 0, -1);

/**
 * An arm or leg of the mannequin (the body model): indices of its bones (into `boneNames`) and of its landmarks (0 to
 * 32, as BlazePose numbers them). A field is a bone unless its comment says landmark.
 */
export interface Limb {
  /** Unit direction in which the lower limb moves when elbow or knee bend in the rest pose; model space. */
  bend: Vector3;
  /** Upper arm or thigh. */
  upper: number;
  /** Twist bone along it. */
  upperTwist: number;
  /** Forearm or shin. */
  lower: number;
  /** Landmark of the elbow or knee. */
  middle: number;
  /** Landmark of the wrist or ankle. */
  end: number;
}

/** An arm with its clavicle and hand. */
export interface Arm extends Limb {
  /** The body's own side, not the picture's. */
  side: 'left' | 'right';
  clavicle: number;
  /** Twist bone along the forearm. */
  lowerTwist: number;
  hand: number;
  /** Landmark of the shoulder. */
  root: number;
  /** Landmark of the little finger's knuckle. */
  pinky: number;
  /** Landmark of the index finger's knuckle. */
  index: number;
}

/** A leg with its foot. */
export interface Leg extends Limb {
  foot: number;
  toes: number;
  /** Landmark of the heel. */
  heel: number;
  /** Landmark of the tip of the foot. */
  toe: number;
}

/** The left arm, then the right. */
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

/** The left leg, then the right. */
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
