/**
 * Computes from the joints of a garment file's rig (skeleton) the unit of the file, and the rotation that makes its
 * body upright and face +z.
 *
 * 1. Size: the median ratio of the rig's distances between joints to the mannequin's. If the size is a person's in
 *    metres, the unit is the metre; else it is the unit that brings the size nearest to the mannequin's.
 * 2. Axes: up points from the hip joints to the shoulder joints, left from the right to the left joints of the limbs.
 * 3. Rotation: by multiples of 90°, to bring up nearest to +y and left nearest to +x. A lean of the body stays.
 */
import { Matrix3, Vector3 } from 'three';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/** The rotation and then the scale that bring a file to metres, +y up, facing +z, as the mannequin is. */
export interface Orientation {
  /** Rotation by multiples of 90° about the origin; null where the file is upright and faces +z. */
  rotation: Matrix3 | null;
  /** Metres per unit of the file. */
  unit: number;
  /** One sentence for each change, for the merchandiser. */
  warnings: string[];
}

/** Units in which files are modelled: metres per unit, and name. */
const units: readonly [number, string][] = [
  [1, 'metres'],
  [0.01, 'centimetres'],
  [0.001, 'millimetres'],
  [0.0254, 'inches'],
  [0.1, 'decimetres'],
  [0.3048, 'feet'],
  [100, 'hundreds of metres'],
  [10, 'tens of metres'],
];
/**
 * Range of a person's size as a multiple of the mannequin's: from a child of four years to a very tall, or stylised,
 * person.
 */
const SMALLEST = 0.55;
const LARGEST = 1.5;

/** Pairs of joints whose distances give a rig's size: limbs, trunk, breadths. */
const lengths: readonly (readonly [BoneName, BoneName])[] = [
  ['leftUpperArm', 'leftLowerArm'],
  ['rightUpperArm', 'rightLowerArm'],
  ['leftLowerArm', 'leftHand'],
  ['rightLowerArm', 'rightHand'],
  ['leftUpperLeg', 'leftLowerLeg'],
  ['rightUpperLeg', 'rightLowerLeg'],
  ['leftLowerLeg', 'leftFoot'],
  ['rightLowerLeg', 'rightFoot'],
  ['leftUpperArm', 'rightUpperArm'],
  ['leftUpperArm', 'leftUpperLeg'],
  ['rightUpperArm', 'rightUpperLeg'],
  ['hips', 'neck'],
  ['neck', 'leftUpperArm'],
  ['neck', 'rightUpperArm'],
];

/**
 * Computes from a rig's joints the unit of its file and the rotation of its body (steps above).
 *
 * Throws `FittingError` `garment-invalid` for a skeleton that has a person's size in no unit.
 *
 * @param rig In the file's space and unit.
 * @param map By bone: index of the rig's joint, −1 for none.
 * @param mannequin Its rest joints, 3 × BONE_COUNT, metres.
 * @returns Rotation, unit and warnings; null when too few bones are known: the caller then leaves the file as it is.
 */
export function orientRig(rig: Rig, map: BoneMap, { joints: modelJoints }: Mannequin): Orientation | null {
  const size = relativeSize(rig, map, modelJoints);
  const axes = readAxes(rig, map);
  if (size === null || axes === null) return null;
  const warnings: string[] = [];
  const nearest = [...units].sort((a, b) => Math.abs(Math.log(a[0] * size)) - Math.abs(Math.log(b[0] * size)))[0];
  const [unit, name] = isPerson(size) ? units[0] : nearest;
  if (!isPerson(size * unit)) {
    throw garmentInvalid(
      `its skeleton is ${size.toPrecision(2)} times as large as a person in metres, which no usual unit explains`,
      'export in metres',
    );
  }
  if (unit !== 1) warnings.push(`modelled in ${name}, not metres: scaled`);
  const rotation = turnByQuarters(axes);
  if (rotation) warnings.push('the body does not stand upright and face +z: turned');
  return { rotation, unit, warnings };
}

/** Whether `size`, a multiple of the mannequin's in metres, is a person's. */
function isPerson(size: number): boolean {
  return size >= SMALLEST && size <= LARGEST;
}

/** Step 1: returns the median ratio of distances, in file units per metre; null where no distance is known. */
function relativeSize({ positions }: Rig, { joints }: BoneMap, modelJoints: Float32Array): number | null {
  const ratios: number[] = [];
  for (const [a, b] of lengths) {
    const from = joints[boneIndex[a]];
    const to = joints[boneIndex[b]];
    const modelDistance = distance(modelJoints, boneIndex[a], boneIndex[b]);
    if (from >= 0 && to >= 0 && modelDistance > 0) ratios.push(distance(positions, from, to) / modelDistance);
  }
  ratios.sort((a, b) => a - b);
  const median = ratios[ratios.length >> 1];
  return median > 0 ? median : null;
}

/** Returns the distance between points `i` and `j` (3 values each). */
function distance(points: Float32Array, i: number, j: number): number {
  return Math.hypot(
    points[3 * i] - points[3 * j],
    points[3 * i + 1] - points[3 * j + 1],
    points[3 * i + 2] - points[3 * j + 2],
  );
}

/** Directions in the file's space, of any length above 0. */
interface BodyAxes {
  /** From the hips to the shoulders. */
  up: Vector3;
  /** From the body's right to its left. */
  left: Vector3;
}

/** Step 2: computes the axes from the joints of limbs and trunk; null where the rig has too few of them. */
function readAxes({ positions }: Rig, { joints }: BoneMap): BodyAxes | null {
  /** Sets `target` to the joint at which a bone begins; false where the rig has none. */
  const point = (bone: BoneName, target: Vector3): boolean =>
    joints[boneIndex[bone]] >= 0 && !!target.fromArray(positions, 3 * joints[boneIndex[bone]]);
  const up = new Vector3();
  const left = new Vector3();
  const a = new Vector3();
  const b = new Vector3();
  for (const limb of ['UpperArm', 'UpperLeg', 'LowerArm', 'LowerLeg'] as const)
    if (point(`left${limb}`, a) && point(`right${limb}`, b)) left.add(a.sub(b));
  const middle = (limb: 'UpperArm' | 'UpperLeg', target: Vector3): boolean => {
    if (!point(`left${limb}`, target) || !point(`right${limb}`, b)) return false;
    target.add(b).multiplyScalar(0.5);
    return true;
  };
  const low = new Vector3();
  const hasLow = middle('UpperLeg', low) || point('hips', low) || point('spine', low);
  const hasHigh = middle('UpperArm', up) || point('neck', up) || point('upperChest', up) || point('chest', up);
  if (hasLow && hasHigh) up.sub(low);
  else if (hasLow && point('leftLowerLeg', a) && point('rightLowerLeg', b))
    up.copy(low).sub(a.add(b).multiplyScalar(0.5));
  else return null;
  return up.length() > 0 && left.length() > 0 ? { up, left } : null;
}

/**
 * Step 3: returns the rotation by multiples of 90° that brings `up` nearest to +y and `left` nearest to +x; null when
 * no rotation is needed. Changes `left`.
 */
function turnByQuarters({ up, left }: BodyAxes): Matrix3 | null {
  const y = nearestAxis(up);
  left.addScaledVector(y, -left.dot(y));
  const x = nearestAxis(left);
  if (Math.abs(x.dot(y)) > 0.5 || (x.x === 1 && y.y === 1)) return null;
  const front = new Vector3().crossVectors(x, y);
  return new Matrix3().set(x.x, x.y, x.z, y.x, y.y, y.z, front.x, front.y, front.z);
}

/** Returns the unit vector ±x, ±y or ±z that is nearest to a direction. */
function nearestAxis({ x, y, z }: Vector3): Vector3 {
  const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  if (Math.abs(y) === largest) return new Vector3(0, Math.sign(y), 0);
  return Math.abs(x) === largest ? new Vector3(Math.sign(x), 0, 0) : new Vector3(0, 0, Math.sign(z));
}
