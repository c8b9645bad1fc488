/**
 * Builds the left arm with its hand, 45° down from the horizontal, as parts: tubes of cross-sections that are blended
 * into the body's surface. The base body is the body without morphs. Metres: +x to the body's left, +y up, +z to the
 * front.
 *
 * 1. Place the shoulder joint and stretch the arm's axis to the lengths of upper and lower arm.
 * 2. Build the arm, from shoulder to fingertips, and the thumb.
 */
import { bell } from './bell.ts';
import type { BodyFrame } from './body-frame.ts';
import { BASE_HEIGHTS } from './body-frame.ts';
import type { Part } from './part.ts';
import { growSection, type SectionRow, section } from './section.ts';
import { cross, normalise, type Vector } from './vector.ts';

/** Lengths of the base body's arm, metres: shoulder to elbow, elbow to wrist. */
const BASE_UPPER_ARM = 0.276;
const BASE_LOWER_ARM = 0.254;
/** Distance of the base body's wrist from the shoulder joint along the arm, metres. */
const BASE_WRIST = 0.53;
/** The arm's axis and the direction across it that points up and outwards. */
const AXIS: Vector = [Math.SQRT1_2, -Math.SQRT1_2, 0];
const ACROSS: Vector = [Math.SQRT1_2, Math.SQRT1_2, 0];

/**
 * Sections of the base body's arm, metres: distance from the shoulder joint, then half-widths to +u (up and outwards),
 * −u, +v (to the front) and −v, and in some rows shift and exponent (`SectionRow`).
 */
const ARM_SECTIONS: readonly SectionRow[] = [
  [0.0, 0.049, 0.05, 0.055, 0.055],
  [0.06, 0.0505, 0.049, 0.054, 0.054],
  [0.12, 0.0475, 0.047, 0.051, 0.05],
  [0.18, 0.0445, 0.0445, 0.049, 0.046],
  [0.235, 0.04, 0.04, 0.043, 0.042],
  [0.276, 0.039, 0.0395, 0.0415, 0.0415],
  [0.325, 0.044, 0.044, 0.0465, 0.0445],
  [0.375, 0.042, 0.042, 0.0455, 0.0435],
  [0.44, 0.033, 0.034, 0.0385, 0.0375],
  [0.5, 0.025, 0.025, 0.0325, 0.0325],
  [0.53, 0.0215, 0.0215, 0.0305, 0.0305],
  [0.56, 0.0185, 0.0185, 0.033, 0.031, 0.002, 2.2],
  [0.6, 0.016, 0.0165, 0.041, 0.039, 0.002, 2.4],
  [0.63, 0.0145, 0.015, 0.041, 0.04, 0.002, 2.5],
  [0.665, 0.0115, 0.0125, 0.037, 0.037, 0.002, 2.5],
  [0.7, 0.009, 0.0105, 0.03, 0.032, 0.001, 2.4],
];

/** The straight axis of the left arm, metres. */
export interface ArmAxis {
  /** The shoulder joint. */
  origin: Vector;
  /** Unit vector from shoulder to hand. */
  axis: Vector;
  /** Distances of elbow and wrist from the shoulder joint along the axis, metres. */
  elbow: number;
  wrist: number;
}

/** The left arm. */
export interface Arm extends ArmAxis {
  /** From shoulder to fingertips, and the thumb. */
  parts: { arm: Part; thumb: Part };
  /** Returns the point of this arm that corresponds to `baseAlong` metres along the base body's arm. */
  pointAt(baseAlong: number): Vector;
}

/** Returns the left arm of the body that the frame describes: heights of its joints, and changes by morphs. */
export function createArm({ changeOf, trunkHeight, shoulderShift }: BodyFrame): Arm {
  const origin: Vector = [0.176 + shoulderShift, trunkHeight(BASE_HEIGHTS.shoulder), -0.028];
  const upperArm = BASE_UPPER_ARM + changeOf('upperArmLength');
  const lowerArm = BASE_LOWER_ARM + changeOf('lowerArmLength');
  const stretch = (baseAlong: number): number => {
    if (baseAlong <= 0) return baseAlong;
    if (baseAlong < BASE_UPPER_ARM) return (baseAlong * upperArm) / BASE_UPPER_ARM;
    if (baseAlong < BASE_WRIST) return upperArm + ((baseAlong - BASE_UPPER_ARM) * lowerArm) / BASE_LOWER_ARM;
    return upperArm + lowerArm + baseAlong - BASE_WRIST;
  };
  const pointAt = (baseAlong: number, u = 0, v = 0): Vector => {
    const along = stretch(baseAlong);
    return [origin[0] + along * AXIS[0] + u * ACROSS[0], origin[1] + along * AXIS[1] + u * ACROSS[1], origin[2] + v];
  };
  const arm: Part = {
    name: 'arm',
    origin,
    axis: AXIS,
    u: ACROSS,
    v: [0, 0, 1],
    sections: ARM_SECTIONS.map((row) => {
      const [baseAlong] = row;
      const growth =
        (1 + changeOf('upperArm') * bell(baseAlong, 0.1, 0.22, 0.22)) *
        (1 + changeOf('lowerArm') * bell(baseAlong, 0.37, 0.18, 0.32));
      return { ...growSection(section(row), growth, growth), along: stretch(baseAlong) };
    }),
    capStart: 0.05,
    capEnd: 0.02,
    blend: 0.06,
    side: 'both',
  };
  // Along the hand, a little towards the body, and to the front.
  const thumbAxis = normalise([
    Math.SQRT1_2 * 0.8 - 0.12 * Math.SQRT1_2,
    -Math.SQRT1_2 * 0.8 - 0.12 * Math.SQRT1_2,
    0.52,
  ]);
  const thumbU = normalise(cross([0, 0, 1], thumbAxis));
  const thumb: Part = {
    name: 'thumb',
    origin: pointAt(0.56, -0.004, 0.02),
    axis: thumbAxis,
    u: thumbU,
    v: cross(thumbAxis, thumbU),
    sections: [
      section([0, 0.013, 0.013, 0.016, 0.016]),
      section([0.035, 0.0115, 0.0115, 0.0125, 0.0125]),
      section([0.07, 0.009, 0.009, 0.01, 0.01]),
    ],
    capStart: 0.015,
    capEnd: 0.013,
    blend: 0.016,
    side: 'both',
  };
  return { parts: { arm, thumb }, origin, axis: AXIS, elbow: upperArm, wrist: upperArm + lowerArm, pointAt };
}
