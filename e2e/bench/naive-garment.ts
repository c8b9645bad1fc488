// The naive overlay: a garment drawn as simple demos draw it, as the rival of this project's fit.
import { landmarkIndex } from '../../src/body/landmark-index.ts';
import type { Garment } from '../../src/garment/garment.ts';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin } from '../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../src/mannequin/pose-mannequin.ts';
import { skinVertices } from '../../src/mannequin/skin-vertices.ts';
import { LANDMARK_VALUES } from '../../src/math/landmark-layout.ts';
import type { PersonMask, TrackedFrame } from '../../src/tracking/tracker.ts';
import { fillTriangles } from './fill-triangles.ts';

/** The joints that place the garment (named by the bone that begins there), and the index of the landmark of each. */
const anchors: readonly [BoneName, number][] = [
  ['leftUpperArm', landmarkIndex.leftShoulder],
  ['rightUpperArm', landmarkIndex.rightShoulder],
  ['leftUpperLeg', landmarkIndex.leftHip],
  ['rightUpperLeg', landmarkIndex.rightHip],
];
/** The arm bones. Each is rotated to the direction from the landmark `from` to the landmark `to`. */
const limbs: readonly [bone: BoneName, next: BoneName, from: number, to: number][] = [
  ['leftUpperArm', 'leftLowerArm', landmarkIndex.leftShoulder, landmarkIndex.leftElbow],
  ['leftLowerArm', 'leftHand', landmarkIndex.leftElbow, landmarkIndex.leftWrist],
  ['rightUpperArm', 'rightLowerArm', landmarkIndex.rightShoulder, landmarkIndex.rightElbow],
  ['rightLowerArm', 'rightHand', landmarkIndex.rightElbow, landmarkIndex.rightWrist],
];

/** Scale, rotation by `angle` (radians) and translation (`x`, `y`) in the plane, in this order. */
export interface Similarity {
  scale: number;
  angle: number;
  x: number;
  y: number;
}

/**
 * Returns the similarity that maps the points `from` to the points `to` with the least squared error (Umeyama 1991, in
 * the plane). The lists have the same length and order.
 */
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
 * Draws a garment by the simple overlay that demos ship, as the rival of this project's fit. The garment is in the rest
 * pose of `mannequin`, metres, +y up. Landmarks (x and y 0..1 from the top left) and size (pixels) are those of a
 * tracked frame in which a person was found. Returns the coverage of the frame's pixels by the garment, 0..255.
 *
 * 1. A similarity in the picture's plane maps the garment's shoulder and hip joints to their landmarks.
 * 2. The arms are rotated in the plane towards the landmarks of elbows and wrists.
 * 3. All triangles are filled; nothing is occluded.
 */
export function drawNaive(
  garment: Garment,
  mannequin: Mannequin,
  { landmarks, width, height }: TrackedFrame,
): PersonMask {
  // In the picture's plane, pixels, y up.
  const landmarkPx = (i: number): [number, number] => [
    landmarks[LANDMARK_VALUES * i] * width,
    -landmarks[LANDMARK_VALUES * i + 1] * height,
  ];
  const rest = (bone: BoneName): [number, number] => [
    mannequin.joints[3 * boneIndex[bone]],
    mannequin.joints[3 * boneIndex[bone] + 1],
  ];
  const { scale, angle, x, y } = fitSimilarity(
    anchors.map(([bone]) => rest(bone)),
    anchors.map(([, landmark]) => landmarkPx(landmark)),
  );
  const local = new Float32Array(4 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) local[4 * b + 3] = 1;
  const angles: Partial<Record<BoneName, number>> = {};
  for (const [bone, next, from, to] of limbs) {
    const direction = (a: readonly number[], b: readonly number[]): number => Math.atan2(b[1] - a[1], b[0] - a[0]);
    const angleInPlane = direction(landmarkPx(from), landmarkPx(to)) - direction(rest(bone), rest(next)) - angle;
    const parent = bone === 'leftLowerArm' ? angles.leftUpperArm : bone === 'rightLowerArm' ? angles.rightUpperArm : 0;
    angles[bone] = angleInPlane;
    local[4 * boneIndex[bone] + 2] = Math.sin((angleInPlane - (parent ?? 0)) / 2);
    local[4 * boneIndex[bone] + 3] = Math.cos((angleInPlane - (parent ?? 0)) / 2);
  }
  const pose = poseMannequin(
    mannequin.joints,
    local,
    { translation: [0, 0, 0], rotation: [0, 0, 0, 1] },
    createMannequinPose(),
  );
  const [cos, sin] = [scale * Math.cos(angle), scale * Math.sin(angle)];
  const meshes = garment.parts.map(({ positions, indices, skinIndices, skinWeights }) => {
    const target = new Float32Array(positions.length);
    const posed = skinVertices({ positions, skinIndices, skinWeights }, mannequin.joints, pose, target);
    const points = new Float32Array((2 * positions.length) / 3);
    for (let v = 0; v < points.length / 2; v++) {
      points[2 * v] = cos * posed[3 * v] - sin * posed[3 * v + 1] + x;
      points[2 * v + 1] = -(sin * posed[3 * v] + cos * posed[3 * v + 1] + y);
    }
    return { points, indices };
  });
  return fillTriangles(meshes, width, height);
}
