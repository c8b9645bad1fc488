import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';
import { landmarkIndex as at } from './landmark-index.ts';
import { createRestBody, type RestBody, shapeRestBody } from './rest-body.ts';

/** One measure of a shopper, centimetres: `low` to `high` holds the truth nine times in ten. */
export interface Measurement {
  cm: number;
  low: number;
  high: number;
}

/** Measure name → measurement; null where the camera cannot tell. */
export type Measurements = Record<string, Measurement | null>;

/** Girths lie behind the silhouette: no length of a bone tells them. */
const unseenGirths = ['chest', 'waist', 'hip'] as const;

/** Landmarks lie this far off, relative to the length they span (p95 of the trunk's landmarks on exact skeletons, less what repeats). */
const LANDMARK_ERROR = 0.05;
/** Without a stated stature the scale is a guess: 1.645 standard deviations of the stature of ANSUR II's women and men together (9.5 cm of 169 cm). */
const STATURE_ERROR = 0.092;

function siteDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.sites[3 * i + axis] - rest.sites[3 * j + axis]));
}

function jointDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.joints[3 * i + axis] - rest.joints[3 * j + axis]));
}

/** Lengths of the mannequin in a shape, centimetres. */
export function measureLengths(mannequin: Mannequin, shape: ArrayLike<number>): Record<string, number> {
  const rest = shapeRestBody(mannequin, shape, createRestBody());
  const upperArm = jointDistance(rest, boneIndex.leftUpperArm, boneIndex.leftLowerArm);
  const lowerArm = jointDistance(rest, boneIndex.leftLowerArm, boneIndex.leftHand);
  const upperLeg = jointDistance(rest, boneIndex.leftUpperLeg, boneIndex.leftLowerLeg);
  const lowerLeg = jointDistance(rest, boneIndex.leftLowerLeg, boneIndex.leftFoot);
  return {
    shoulder: siteDistance(rest, at.leftShoulder, at.rightShoulder),
    arm: upperArm + lowerArm,
    upperArmLength: upperArm,
    lowerArmLength: lowerArm,
    leg: upperLeg + lowerLeg,
    upperLegLength: upperLeg,
    lowerLegLength: lowerLeg,
  };
}

/**
 * What can be said of the shopper's measures. Lengths come from the landmarks, with their error and, where the stature is
 * not stated, with the scale's; girths are not seen by this solve and are null.
 */
export function measureBody(body: PosedBody, mannequin: Mannequin, statureKnown: boolean): Measurements {
  const measurements: Measurements = {};
  const error = LANDMARK_ERROR + (statureKnown ? 0 : STATURE_ERROR);
  const lengths = measureLengths(mannequin, body.shape);
  for (const [name, cm] of Object.entries(lengths)) {
    measurements[name] = body.shapeVersion === 0 ? null : { cm, low: cm * (1 - error), high: cm * (1 + error) };
  }
  for (const name of unseenGirths) measurements[name] = null;
  return measurements;
}
