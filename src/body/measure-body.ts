import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { PosedBody } from './body.ts';
import { landmarkIndex } from './landmark-index.ts';
import { createRestBody, type RestBody, shapeRestBody } from './rest-body.ts';

/** One measure of a shopper. */
export interface Measurement {
  /** Estimate, centimetres. */
  cm: number;
  /** Lower end of the 90 % interval, centimetres. */
  low: number;
  /** Upper end of the 90 % interval, centimetres. */
  high: number;
}

/** Name of a measure → measurement; null for a measure that is not known. */
export type Measurements = Record<string, Measurement | null>;

/** Girths, which `measureBody` always gives as null: they cannot be computed from lengths of bones. */
const UNKNOWN_GIRTHS = ['chest', 'waist', 'hip'] as const;

/**
 * Error of the landmarks relative to the length between them: 95th percentile for the trunk's landmarks on exact
 * skeletons, minus the part that is the same in every frame.
 */
const LANDMARK_ERROR = 0.05;
/**
 * Relative error of the scale while the shopper's height is unknown: 1.645 standard deviations (a 90 % interval) of the
 * stature of women and men of ANSUR II together, 9.5 cm of 169 cm.
 */
const STATURE_ERROR = 0.092;

/** Returns the distance between the sites of landmarks `i` and `j`, centimetres. */
function siteDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.sites[3 * i + axis] - rest.sites[3 * j + axis]));
}

/** Returns the distance between the joints of bones `i` and `j`, centimetres. */
function jointDistance(rest: RestBody, i: number, j: number): number {
  return 100 * Math.hypot(...[0, 1, 2].map((axis) => rest.joints[3 * i + axis] - rest.joints[3 * j + axis]));
}

/**
 * Measures the mannequin in one shape: shoulder breadth between the shoulders' landmark sites, and the lengths of the
 * left arm, the left leg and their two segments between joints (shoulder to wrist, hip to ankle).
 *
 * @param shape Morph weights in the order of `morphNames` (MORPH_COUNT).
 * @returns Name → length, centimetres.
 */
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
 * Returns the shopper's measures by name: the lengths of `measureLengths` for the solved shape, each with a 90 %
 * interval; all null before the first solve. The interval covers the error of the landmarks (±5 %) and, while the
 * stature is not known, that of the scale (±9.2 %). The girths `chest`, `waist` and `hip` are always null.
 *
 * @param body The solved body; only `shape` and `shapeVersion` are read.
 * @param isStatureKnown Whether the shopper's height was set.
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
