import {
  type BoneName,
  boneIndex,
  type Mannequin,
  MORPH_COUNT,
  type MorphName,
  morphIndex,
} from '../mannequin/mannequin.ts';

/**
 * Largest relative deviation of a length from the mannequin's. A garment for a still longer limb is shortened to it.
 */
const MAX_DEVIATION = 0.25;

type Segment = readonly [BoneName, BoneName];

/** Morphs of lengths that joints tell, each with the distances between joints whose sum it changes. */
const segmentsByMorph: readonly (readonly [MorphName, readonly Segment[]])[] = [
  // The neck counts as often as both shoulder joints together.
  [
    'trunkLength',
    [
      ['hips', 'leftUpperArm'],
      ['hips', 'rightUpperArm'],
      ['hips', 'neck'],
      ['hips', 'neck'],
    ],
  ],
  [
    'upperArmLength',
    [
      ['leftUpperArm', 'leftLowerArm'],
      ['rightUpperArm', 'rightLowerArm'],
    ],
  ],
  [
    'lowerArmLength',
    [
      ['leftLowerArm', 'leftHand'],
      ['rightLowerArm', 'rightHand'],
    ],
  ],
  [
    'upperLegLength',
    [
      ['leftUpperLeg', 'leftLowerLeg'],
      ['rightUpperLeg', 'rightLowerLeg'],
    ],
  ],
  [
    'lowerLegLength',
    [
      ['leftLowerLeg', 'leftFoot'],
      ['rightLowerLeg', 'rightFoot'],
    ],
  ],
  ['shoulderBreadth', [['leftUpperArm', 'rightUpperArm']]],
];

/**
 * Guesses from a skeleton the lengths of the body that it belongs to, as morph weights of the mannequin (MORPH_COUNT;
 * girths stay 0). The trunk's length is the height between its joints, whether the spine bends or not.
 *
 * @param skeleton Rest joints, 3 × BONE_COUNT, metres.
 */
export function guessLengths(skeleton: Float32Array, { joints, morphs }: Mannequin): Float32Array {
  const weights = new Float32Array(MORPH_COUNT);
  if (morphs.length === 0) return weights;
  const morphed = joints.slice();
  for (const [name, segments] of segmentsByMorph) {
    const morph = morphs[morphIndex[name]];
    for (let i = 0; i < joints.length; i++) morphed[i] = joints[i] + morph.joints[i];
    const measure = name === 'trunkLength' ? heightBetween : distanceBetween;
    const sumOf = (points: Float32Array): number => segments.reduce((sum, [a, b]) => sum + measure(points, a, b), 0);
    const base = sumOf(joints);
    const perUnit = sumOf(morphed) - base;
    const wanted = Math.min(base * (1 + MAX_DEVIATION), Math.max(base * (1 - MAX_DEVIATION), sumOf(skeleton)));
    if (perUnit > 0) weights[morphIndex[name]] = (wanted - base) / perUnit;
  }
  return weights;
}

function heightBetween(points: Float32Array, from: BoneName, to: BoneName): number {
  return points[3 * boneIndex[to] + 1] - points[3 * boneIndex[from] + 1];
}

function distanceBetween(points: Float32Array, from: BoneName, to: BoneName): number {
  const a = 3 * boneIndex[from];
  const b = 3 * boneIndex[to];
  return Math.hypot(points[a] - points[b], points[a + 1] - points[b + 1], points[a + 2] - points[b + 2]);
}
