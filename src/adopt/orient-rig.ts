import { Matrix3, Vector3 } from 'three';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/** How a file is turned and scaled to stand as the mannequin does. */
export interface Orientation {
  /** A turn by quarters; null where the file stands upright and faces +z. */
  turn: Matrix3 | null;
  /** File units to metres. */
  unit: number;
  /** For the merchandiser, where anything was changed. */
  warnings: string[];
}

/** Units that files come in, metres; the plain metre first. */
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
/** A body of this size against the mannequin's is a person's: from a child of four to the tallest, or to a figure that is drawn tall. */
const SMALLEST = 0.55;
const LARGEST = 1.5;

/** Lengths by which a rig's size is told: limbs, trunk, breadths. */
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

const up = new Vector3();
const left = new Vector3();
const front = new Vector3();

/**
 * Tells from a rig's joints its unit, which direction is up and which is front. Null when too few bones are known to tell;
 * the file is then taken as it is. Throws `FittingError` `garment-invalid` for a skeleton of no person's size.
 */
export function orientRig(rig: Rig, map: BoneMap, { joints: model }: Mannequin): Orientation | null {
  const size = relativeSize(rig, map, model);
  if (size === null || !readAxes(rig, map)) return null;
  const warnings: string[] = [];
  // In metres as they are, or in the unit that comes nearest.
  const nearest = [...units].sort((a, b) => Math.abs(Math.log(a[0] * size)) - Math.abs(Math.log(b[0] * size)))[0];
  const [unit, name] = isPerson(size) ? units[0] : nearest;
  if (!isPerson(size * unit)) {
    throw garmentInvalid(
      `its skeleton is ${size.toPrecision(2)} times as large as a person in metres, which no usual unit explains`,
      'export in metres',
    );
  }
  if (unit !== 1) warnings.push(`modelled in ${name}, not metres: scaled`);
  const turn = snap();
  if (turn) warnings.push('the body does not stand upright and face +z: turned');
  return { turn, unit, warnings };
}

function isPerson(size: number): boolean {
  return size >= SMALLEST && size <= LARGEST;
}

/** The median of the rig's lengths against the mannequin's; null where none is known. */
function relativeSize({ positions }: Rig, { joints }: BoneMap, model: Float32Array): number | null {
  const ratios: number[] = [];
  for (const [a, b] of lengths) {
    const from = joints[boneIndex[a]];
    const to = joints[boneIndex[b]];
    const own = distance(model, boneIndex[a], boneIndex[b]);
    if (from >= 0 && to >= 0 && own > 0) ratios.push(distance(positions, from, to) / own);
  }
  ratios.sort((a, b) => a - b);
  return ratios.length > 0 && ratios[ratios.length >> 1] > 0 ? ratios[ratios.length >> 1] : null;
}

function distance(points: Float32Array, i: number, j: number): number {
  return Math.hypot(
    points[3 * i] - points[3 * j],
    points[3 * i + 1] - points[3 * j + 1],
    points[3 * i + 2] - points[3 * j + 2],
  );
}

/** Sets `up` and `left` from pairs of limbs and the trunk; false where the rig has neither. */
function readAxes({ positions }: Rig, { joints }: BoneMap): boolean {
  const point = (bone: BoneName, target: Vector3): boolean =>
    joints[boneIndex[bone]] >= 0 && !!target.fromArray(positions, 3 * joints[boneIndex[bone]]);
  const a = new Vector3();
  const b = new Vector3();
  left.set(0, 0, 0);
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
  else return false;
  return up.length() > 0 && left.length() > 0;
}

/** The turn by quarters that brings `up` and `left` nearest to +y and +x; null where they are. A lean of the body stays. */
function snap(): Matrix3 | null {
  const y = nearestAxis(up);
  left.addScaledVector(y, -left.dot(y));
  const x = nearestAxis(left);
  if (Math.abs(x.dot(y)) > 0.5 || (x.x === 1 && y.y === 1)) return null;
  front.crossVectors(x, y);
  return new Matrix3().set(x.x, x.y, x.z, y.x, y.y, y.z, front.x, front.y, front.z);
}

function nearestAxis(direction: Vector3): Vector3 {
  const { x, y, z } = direction;
  const most = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
  if (Math.abs(y) === most) return new Vector3(0, Math.sign(y), 0);
  return Math.abs(x) === most ? new Vector3(Math.sign(x), 0, 0) : new Vector3(0, 0, Math.sign(z));
}
