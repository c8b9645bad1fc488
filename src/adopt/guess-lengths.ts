import {
  type BoneName,
  boneIndex,
  type Mannequin,
  MORPH_COUNT,
  type MorphName,
  morphIndex,
} from '../mannequin/mannequin.ts';

/**
 * Largest relative deviation of a length from the mannequin's. The guessed length is clamped to it, so a garment for a
 * longer limb is shortened.
 */
const MAX_DEVIATION = 0.25;

/** The joints at both ends of a distance. */
type Segment = readonly [BoneName, BoneName];

/** The morphs that change lengths, each with the segments whose total length measures it. */
const segmentsByMorph: readonly (readonly [MorphName, readonly Segment[]])[] = [
  // The neck is listed twice, so that it has the weight of both shoulder joints together.
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
 * Guesses the morph weights at which the mannequin (the body model) has the limb lengths, trunk length and shoulder
 * breadth of a garment file's skeleton. Distances between joints measure them; for the trunk it is the difference in
 * height, so that a bent spine does not shorten it. Each length is clamped to ±25 % of the mannequin's.
 *
 * @param skeleton Rest joints: x, y, z in metres for each bone in the order of `boneNames` (3 × BONE_COUNT), +y up.
 * @param mannequin Its rest joints (same order and unit), and by morph how far it moves each joint at weight 1.
 * @returns Weights in the order of `morphNames` (MORPH_COUNT); 0 for all other morphs.
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

/** Returns the height of joint `to` above joint `from`, metres. */
function heightBetween(points: Float32Array, from: BoneName, to: BoneName): number {
  return points[3 * boneIndex[to] + 1] - points[3 * boneIndex[from] + 1];
}

/** Returns the distance between two joints, metres. */
function distanceBetween(points: Float32Array, from: BoneName, to: BoneName): number {
  const a = 3 * boneIndex[from];
  const b = 3 * boneIndex[to];
  return Math.hypot(points[a] - points[b], points[a + 1] - points[b + 1], points[a + 2] - points[b + 2]);
}
