import { landmarkIndex as at } from '../../../src/body/landmark-index.ts';
import type { Garment } from '../../../src/garment/garment.ts';
import type { PersonMask, TrackedFrame } from '../../../src/index.ts';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../../src/mannequin/pose-mannequin.ts';
import { skinVertices } from '../../../src/mannequin/skin-vertices.ts';
import { readAlpha } from './read-alpha.ts';

/** The joints that the garment hangs by, and the landmarks that are taken for them. */
const anchors: readonly [BoneName, number][] = [
  ['leftUpperArm', at.leftShoulder],
  ['rightUpperArm', at.rightShoulder],
  ['leftUpperLeg', at.leftHip],
  ['rightUpperLeg', at.rightHip],
];
/** Bones that are aimed: from their own landmark to that of the next bone. */
const limbs: readonly [bone: BoneName, next: BoneName, from: number, to: number][] = [
  ['leftUpperArm', 'leftLowerArm', at.leftShoulder, at.leftElbow],
  ['leftLowerArm', 'leftHand', at.leftElbow, at.leftWrist],
  ['rightUpperArm', 'rightLowerArm', at.rightShoulder, at.rightElbow],
  ['rightLowerArm', 'rightHand', at.rightElbow, at.rightWrist],
];

/** A turn by `angle` with a scale, then a shift, in the plane. */
export interface Similarity {
  scale: number;
  angle: number;
  x: number;
  y: number;
}

/** The similarity that brings points closest to others, in least squares (Umeyama 1991, in the plane). */
export function fitSimilarity(
  from: readonly (readonly [number, number])[],
  to: readonly (readonly [number, number])[],
): Similarity {
  const middle = (points: readonly (readonly [number, number])[], k: 0 | 1): number =>
    points.reduce((sum, point) => sum + point[k], 0) / points.length;
  const [fx, fy, tx, ty] = [middle(from, 0), middle(from, 1), middle(to, 0), middle(to, 1)];
  let dot = 0;
  let cross = 0;
  let square = 0;
  from.forEach(([x, y], i) => {
    const [u, v] = [to[i][0] - tx, to[i][1] - ty];
    dot += (x - fx) * u + (y - fy) * v;
    cross += (x - fx) * v - (y - fy) * u;
    square += (x - fx) ** 2 + (y - fy) ** 2;
  });
  const [a, b] = [dot / square, cross / square];
  return { scale: Math.hypot(a, b), angle: Math.atan2(b, a), x: tx - a * fx + b * fy, y: ty - b * fx - a * fy };
}

/**
 * The garment as demos put it on: one similarity in the picture's plane from shoulder and hip joints to shoulder and hip
 * landmarks, arms aimed at elbows and wrists, no occlusion. The pixels that it covers.
 */
export function drawNaive(
  garment: Garment,
  mannequin: Mannequin,
  { landmarks, width, height }: TrackedFrame,
): PersonMask {
  // The picture's plane with y up, pixels.
  const seen = (i: number): [number, number] => [landmarks[4 * i] * width, -landmarks[4 * i + 1] * height];
  const rest = (bone: BoneName): [number, number] => [
    mannequin.joints[3 * boneIndex[bone]],
    mannequin.joints[3 * boneIndex[bone] + 1],
  ];
  const { scale, angle, x, y } = fitSimilarity(
    anchors.map(([bone]) => rest(bone)),
    anchors.map(([, landmark]) => seen(landmark)),
  );
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  const turned: Partial<Record<BoneName, number>> = {};
  for (const [bone, next, from, to] of limbs) {
    const direction = (a: readonly number[], b: readonly number[]): number => Math.atan2(b[1] - a[1], b[0] - a[0]);
    const whole = direction(seen(from), seen(to)) - direction(rest(bone), rest(next)) - angle;
    const parent = bone === 'leftLowerArm' ? turned.leftUpperArm : bone === 'rightLowerArm' ? turned.rightUpperArm : 0;
    turned[bone] = whole;
    local[4 * boneIndex[bone] + 2] = Math.sin((whole - (parent ?? 0)) / 2);
    local[4 * boneIndex[bone] + 3] = Math.cos((whole - (parent ?? 0)) / 2);
  }
  const pose = poseMannequin(
    mannequin.joints,
    local,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no 2D canvas to draw garments on');
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  context.beginPath();
  for (const { positions, indices, skinIndices, skinWeights } of garment.parts) {
    const posed = skinVertices(
      positions,
      skinIndices,
      skinWeights,
      mannequin.joints,
      pose,
      new Float32Array(positions.length),
    );
    const point = (v: number): [number, number] => [
      cos * posed[3 * v] - sin * posed[3 * v + 1] + x,
      -(sin * posed[3 * v] + cos * posed[3 * v + 1] + y),
    ];
    for (let t = 0; t < indices.length; t += 3) {
      const [a, b, c] = [point(indices[t]), point(indices[t + 1]), point(indices[t + 2])];
      // All the same way around, so that front and back do not cancel.
      const isTurned = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) < 0;
      context.moveTo(...a);
      context.lineTo(...(isTurned ? c : b));
      context.lineTo(...(isTurned ? b : c));
      context.closePath();
    }
  }
  context.fill('nonzero');
  return readAlpha(context.canvas, width, height);
}
