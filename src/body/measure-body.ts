import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';
import { landmarkIndex } from './landmark-index.ts';
import { createRestBody, type RestBody, shapeRestBody } from './rest-body.ts';

/** One measure of a shopper, centimetres, with its 90 % interval `low` to `high`. */
export interface Measurement {
  cm: number;
  low: number;
  high: number;
}

/** Measurements by name; null for a measure that is not known. */
export type Measurements = Record<string, Measurement | null>;

/** Girths cannot be computed from lengths of bones. */
const UNKNOWN_GIRTHS = ['chest', 'waist', 'hip'] as const;

/**
 * Error of the landmarks relative to the length that they span: p95 of the trunk's landmarks on exact skeletons, less
 * the part that repeats.
 */
const LANDMARK_ERROR = 0.05;
/**
 * Error of the scale while the shopper's height is unknown: 1.645 standard deviations of the stature of the women and
 * men of ANSUR II together (9.5 cm of 169 cm).
 */
const STATURE_ERROR = 0.092;

/** Distance of two landmark sites, centimetres. */
function siteDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.sites[3 * i + axis] - rest.sites[3 * j + axis]));
}

/** Distance of two joints, centimetres. */
function jointDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.joints[3 * i + axis] - rest.joints[3 * j + axis]));
}

/** Lengths of the mannequin with morph weights `shape`, centimetres, by name. */
export function measureLengths(mannequin: Mannequin, shape: ArrayLike<number>): Record<string, number> {
  const rest = shapeRestBody(mannequin, shape, createRestBody());
  const upperArm = jointDistance(rest, boneIndex.leftUpperArm, boneIndex.leftLowerArm);
  const lowerArm = jointDistance(rest, boneIndex.leftLowerArm, boneIndex.leftHand);
  const upperLeg = jointDistance(rest, boneIndex.leftUpperLeg, boneIndex.leftLowerLeg);
  const lowerLeg = jointDistance(rest, boneIndex.leftLowerLeg, boneIndex.leftFoot);
  return {
    shoulder: siteDistance(rest, landmarkIndex.leftShoulder, landmarkIndex.rightShoulder),
    arm: upperArm + lowerArm,
    upperArmLength: upperArm,
    lowerArmLength: lowerArm,
    leg: upperLeg + lowerLeg,
    upperLegLength: upperLeg,
    lowerLegLength: lowerLeg,
  };
}

/**
 * The shopper's measures. Lengths are those of the solved shape, null before the first solve. Their interval holds the
 * error of the landmarks and, unless `isStatureKnown`, the error of the scale. Girths are null.
 */
export function measureBody(body: PosedBody, mannequin: Mannequin, isStatureKnown: boolean): Measurements {
  const measurements: Measurements = {};
  const error = LANDMARK_ERROR + (isStatureKnown ? 0 : STATURE_ERROR);
  const lengths = measureLengths(mannequin, body.shape);
  for (const [name, cm] of Object.entries(lengths)) {
    measurements[name] = body.shapeVersion === 0 ? null : { cm, low: cm * (1 - error), high: cm * (1 + error) };
  }
  for (const name of UNKNOWN_GIRTHS) measurements[name] = null;
  return measurements;
}
