/**
 * Builds the left leg with its foot as parts: tubes of cross-sections that are blended into the body's surface. The
 * base body is the body without morphs. Metres: +x to the body's left, +y up, +z to the front, sole on y = 0.
 *
 * 1. Draw the leg's axis from the hip to the ankle, and stretch it to the lengths of thigh and shank.
 * 2. Build the leg, and the foot with its toes turned a little outwards.
 */
import { bell } from './bell.ts';
import { BASE_HEIGHTS, type BodyFrame } from './body-frame.ts';
import type { Part } from './part.ts';
import { growSection, type SectionRow, section } from './section.ts';
import { cross, normalise, subtract, type Vector } from './vector.ts';

/**
 * Distance of the hip joint along the base body's leg from its upper end, metres: with it the trochanters are as high
 * over the crotch as ANSUR's.
 */
const HIP_JOINT = 0.018;
/** Distance of the knee along the base body's leg, and length of that leg to the ankle, metres. */
const BASE_KNEE = 0.415;
const BASE_LEG = BASE_HEIGHTS.hip - BASE_HEIGHTS.ankle;
/** Angle by which the feet point outwards, radians. */
const TOES_OUT = 0.13;

/**
 * Sections of the base body's leg (`SectionRow`) by distance from its upper end, metres. +u: outwards, +v: to the
 * front.
 */
const LEG_SECTIONS: readonly SectionRow[] = [
  [0.0, 0.074, 0.054, 0.09, 0.094],
  [0.05, 0.083, 0.061, 0.101, 0.106],
  [0.1, 0.0875, 0.074, 0.107, 0.11],
  [0.2, 0.081, 0.078, 0.095, 0.09],
  [0.3, 0.073, 0.071, 0.081, 0.074],
  [0.37, 0.0635, 0.0615, 0.07, 0.064],
  [0.415, 0.056, 0.055, 0.063, 0.055],
  [0.46, 0.053, 0.053, 0.054, 0.06],
  [0.53, 0.0585, 0.0575, 0.052, 0.074],
  [0.6, 0.052, 0.05, 0.046, 0.066],
  [0.68, 0.041, 0.04, 0.041, 0.046],
  [0.745, 0.034, 0.034, 0.036, 0.037],
  [0.785, 0.033, 0.033, 0.036, 0.037],
  [0.81, 0.034, 0.034, 0.037, 0.04],
];
/** Exponent of the superellipses of the leg. */
const LEG_POWER = 2.25;

/**
 * Sections of the base body's foot (`SectionRow`) by distance from the heel, metres. +u: outwards, +v: up; the sole is
 * flat on the floor.
 */
const FOOT_SECTIONS: readonly SectionRow[] = [
  [0.035, 0.032, 0.032, 0.045, 0.035, 0.035, 2.4],
  [0.075, 0.033, 0.033, 0.055, 0.031, 0.031, 2.4],
  [0.12, 0.037, 0.037, 0.045, 0.026, 0.026, 2.4],
  [0.165, 0.046, 0.044, 0.029, 0.02, 0.02, 2.4],
  [0.2, 0.045, 0.046, 0.02, 0.016, 0.016, 2.4],
  [0.235, 0.034, 0.04, 0.014, 0.013, 0.013, 2.3],
];

/** The straight axis of the left leg, metres. */
export interface LegAxis {
  /** The hip joint. */
  origin: Vector;
  /** Unit vector from hip to ankle. */
  axis: Vector;
  /** Distances of knee and ankle from the hip joint along the axis, metres. */
  knee: number;
  ankle: number;
}

/** The left leg. */
export interface Leg extends LegAxis {
  /** From hip to ankle, and the foot. */
  parts: { leg: Part; foot: Part };
  /** The joints at which foot and toes begin, metres. */
  ankleJoint: Vector;
  toeJoint: Vector;
  /** Returns the point of this leg that corresponds to `baseAlong` metres along the base body's leg. */
  pointAt(baseAlong: number): Vector;
}

/** Returns the left leg of the body that the frame describes: heights of its joints, and changes by morphs. */
export function createLeg({ changeOf, hipShift, hipY, kneeY, ankleY }: BodyFrame): Leg {
  const top: Vector = [0.09 + hipShift, hipY, -0.005];
  const ankleJoint: Vector = [0.112 + hipShift * 0.5, ankleY, -0.022];
  const span = subtract(ankleJoint, top);
  const length = Math.hypot(...span);
  const axis = normalise(span);
  const u = normalise(cross([0, 0, 1], axis));
  const knee = (length * (hipY - kneeY)) / (hipY - ankleY);
  const stretch = (baseAlong: number): number => {
    if (baseAlong <= 0) return baseAlong;
    if (baseAlong < BASE_KNEE) return (baseAlong * knee) / BASE_KNEE;
    return knee + ((baseAlong - BASE_KNEE) * (length - knee)) / (BASE_LEG - BASE_KNEE);
  };
  const pointAt = (baseAlong: number): Vector => {
    const along = stretch(baseAlong);
    return [top[0] + along * axis[0], top[1] + along * axis[1], top[2] + along * axis[2]];
  };
  const leg: Part = {
    name: 'leg',
    origin: top,
    axis,
    u,
    v: cross(axis, u),
    sections: LEG_SECTIONS.map(([baseAlong, out, inner, front, back]) => {
      const growth =
        (1 + changeOf('thigh') * bell(baseAlong, 0.1, 0.4, 0.42)) *
        (1 + changeOf('calf') * bell(baseAlong, 0.54, 0.22, 0.38));
      // With broader hips the top of the thigh grows outwards and to the back.
      const hip = 1 + changeOf('hip') * bell(baseAlong, 0, 0.1, 0.14) * 0.6;
      const base = section([stretch(baseAlong), out * hip, inner, front, back * hip, 0, LEG_POWER]);
      return growSection(base, growth, growth);
    }),
    capStart: 0.08,
    capEnd: 0.03,
    blend: 0.035,
    side: 'both',
  };
  const heel: Vector = [ankleJoint[0] - 0.006, 0, -0.085];
  const foot: Part = {
    name: 'foot',
    origin: heel,
    axis: [Math.sin(TOES_OUT), 0, Math.cos(TOES_OUT)],
    u: [Math.cos(TOES_OUT), 0, -Math.sin(TOES_OUT)],
    v: [0, 1, 0],
    sections: FOOT_SECTIONS.map(section),
    capStart: 0.034,
    capEnd: 0.024,
    blend: 0.03,
    side: 'both',
  };
  return {
    parts: { leg, foot },
    origin: pointAt(HIP_JOINT),
    axis,
    knee: knee - stretch(HIP_JOINT),
    ankle: length - stretch(HIP_JOINT),
    ankleJoint,
    toeJoint: [heel[0] + 0.185 * Math.sin(TOES_OUT), 0.018, heel[2] + 0.185 * Math.cos(TOES_OUT)],
    pointAt,
  };
}
