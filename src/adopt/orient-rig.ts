import { Matrix3, Vector3 } from 'three';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/** The rotation and scale that make a file stand as the mannequin does. */
export interface Orientation {
  /** Rotation by multiples of 90°; null where the file stands upright and faces +z. */
  turn: Matrix3 | null;
  /** Metres per unit of the file. */
  unit: number;
  /** What is changed, for the merchandiser. */
  warnings: string[];
}

/** Units in which files are modelled, metres, and their names. */
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
 * Sizes of persons as multiples of the mannequin's: from a child of four years to a very tall, or tall drawn, figure.
 */
const SMALLEST = 0.55;
const LARGEST = 1.5;

/** Distances between joints whose median gives a rig's size: limbs, trunk, breadths. */
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
 * Finds from a rig's joints how its file is rotated and scaled to stand as the mannequin does.
 *
 * 1. Size: the median of its distances between joints as multiples of the mannequin's. If metres give a person's size,
 *    the file is in metres; else in the unit that brings the size nearest to the mannequin's.
 * 2. Axes: up is the direction from hip joints to shoulder joints, left from the right to the left joints of the limbs.
 * 3. Rotation: by multiples of 90°, to bring these nearest to +y and +x. A lean of the body stays.
 *
 * Null when too few bones are known; the file is then taken as it is. Throws `FittingError` `garment-invalid` for a
 * skeleton that has a person's size in no unit.
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
  const turn = turnByQuarters(axes);
  if (turn) warnings.push('the body does not stand upright and face +z: turned');
  return { turn, unit, warnings };
}

function isPerson(size: number): boolean {
  return size >= SMALLEST && size <= LARGEST;
}

/** The median of the rig's distances as multiples of the mannequin's; null where none is known. */
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

function distance(points: Float32Array, i: number, j: number): number {
  return Math.hypot(
    points[3 * i] - points[3 * j],
    points[3 * i + 1] - points[3 * j + 1],
    points[3 * i + 2] - points[3 * j + 2],
  );
}

/** Directions in the file's space, of any length. */
interface BodyAxes {
  up: Vector3;
  /** From the body's right to its left. */
  left: Vector3;
}

/** Reads the axes from pairs of limbs and the trunk; null where the rig lacks them. */
function readAxes({ positions }: Rig, { joints }: BoneMap): BodyAxes | null {
  /** Sets `target` to where a bone begins; false where the rig has none. */
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

/** The rotation by multiples of 90° that brings `up` and `left` nearest to +y and +x; null for none. Changes `left`. */
function turnByQuarters({ up, left }: BodyAxes): Matrix3 | null {
  const y = nearestAxis(up);
  left.addScaledVector(y, -left.dot(y));
  const x = nearestAxis(left);
  if (Math.abs(x.dot(y)) > 0.5 || (x.x === 1 && y.y === 1)) return null;
  const front = new Vector3().crossVectors(x, y);
  return new Matrix3().set(x.x, x.y, x.z, y.x, y.y, y.z, front.x, front.y, front.z);
}

/** The unit vector along x, y or z, either way, that is nearest to a direction. */
function nearestAxis({ x, y, z }: Vector3): Vector3 {
  const largest = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  if (Math.abs(y) === largest) return new Vector3(0, Math.sign(y), 0);
  return Math.abs(x) === largest ? new Vector3(Math.sign(x), 0, 0) : new Vector3(0, 0, Math.sign(z));
}
