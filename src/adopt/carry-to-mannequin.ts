import { Matrix3, Quaternion, Vector3 } from 'three';
import { BONE_COUNT, type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';

/** Positions, normals and sizes of a mesh, with its weights by the mannequin's bones; changed in place. */
export interface CarriedMesh {
  positions: Float32Array;
  normals: Float32Array;
  sizes: Record<string, Float32Array>;
  skinIndices: Uint16Array;
  skinWeights: Float32Array;
}

/** The way of one bone: `rotation · stretch along the bone` about `from`, moved to `to`. */
interface Way {
  linear: Matrix3;
  from: Vector3;
  to: Vector3;
}

interface Segment {
  from: BoneName;
  to: BoneName;
  bones: readonly BoneName[];
}

/** Each limb's segments, with the bones that go along. The first hangs from the trunk, each other from the one before. */
const limbs: readonly (readonly Segment[])[] = (['left', 'right'] as const).flatMap((side): Segment[][] => [
  [
    { from: `${side}UpperArm`, to: `${side}LowerArm`, bones: [`${side}UpperArm`, `${side}UpperArmTwist`] },
    { from: `${side}LowerArm`, to: `${side}Hand`, bones: [`${side}LowerArm`, `${side}LowerArmTwist`] },
    { from: `${side}Hand`, to: `${side}Hand`, bones: [`${side}Hand`] },
  ],
  [
    { from: `${side}UpperLeg`, to: `${side}LowerLeg`, bones: [`${side}UpperLeg`, `${side}UpperLegTwist`] },
    { from: `${side}LowerLeg`, to: `${side}Foot`, bones: [`${side}LowerLeg`] },
    { from: `${side}Foot`, to: `${side}Toes`, bones: [`${side}Foot`, `${side}Toes`] },
  ],
]);

function point(joints: Float32Array, bone: BoneName): Vector3 {
  return new Vector3().fromArray(joints, 3 * boneIndex[bone]);
}
function middle(joints: Float32Array, limb: 'UpperArm' | 'UpperLeg'): Vector3 {
  return point(joints, `left${limb}`)
    .add(point(joints, `right${limb}`))
    .multiplyScalar(0.5);
}

/**
 * Carries a mesh from the pose and proportions of the body it was modelled on (rest joints `own`, 3 × BONE_COUNT, metres)
 * to those of the mannequin (`joints`). Limbs turn about their joints, each from where the one before has brought it, and
 * stretch along the bone where lengths differ: girths stay. The trunk goes with its ends (hip joints and shoulder joints),
 * evenly in between, whatever joints a rig has in its spine; the collar goes with the neck. How far apart hip joints are is
 * the rig's taste too (MakeHuman's lie 2 cm outside the middle of the thigh): only knees and ankles go together. Blended by
 * skin weights.
 */
export function carryToMannequin(
  { positions, normals, sizes, skinIndices, skinWeights }: CarriedMesh,
  own: Float32Array,
  joints: Float32Array,
): void {
  const target = joints.slice();
  const half = (own[3 * boneIndex.leftUpperLeg] - own[3 * boneIndex.rightUpperLeg]) / 2;
  const centre = (target[3 * boneIndex.leftUpperLeg] + target[3 * boneIndex.rightUpperLeg]) / 2;
  target[3 * boneIndex.leftUpperLeg] = centre + half;
  target[3 * boneIndex.rightUpperLeg] = centre - half;
  const trunk = createTrunk(own, target);
  const ways = createWays(own, target, trunk.rotation);
  const v = new Vector3();
  const sum = new Vector3();
  const part = new Vector3();
  const linear = new Matrix3();
  for (let i = 0; 3 * i < positions.length; i++) {
    v.fromArray(positions, 3 * i);
    sum.set(0, 0, 0);
    linear.elements.fill(0);
    let total = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      const weight = skinWeights[k];
      if (weight === 0) continue;
      const bone = skinIndices[k];
      const way = ways[bone];
      if (way) part.copy(v).sub(way.from).applyMatrix3(way.linear).add(way.to);
      else trunk.carry(bone, v, part);
      sum.addScaledVector(part, weight);
      const from = way ? way.linear : trunk.rotation;
      for (let e = 0; e < 9; e++) linear.elements[e] += weight * from.elements[e];
      total += weight;
    }
    if (total === 0) continue;
    sum.multiplyScalar(1 / total).toArray(positions, 3 * i);
    linear.multiplyScalar(1 / total);
    for (const deltas of Object.values(sizes))
      v.fromArray(deltas, 3 * i)
        .applyMatrix3(linear)
        .toArray(deltas, 3 * i);
    v.fromArray(normals, 3 * i)
      .applyMatrix3(linear)
      .normalize()
      .toArray(normals, 3 * i);
  }
}

/** The way of the trunk's bones. */
interface Trunk {
  rotation: Matrix3;
  carry(bone: number, v: Vector3, result: Vector3): void;
}

const clavicles: Record<number, 'left' | 'right'> = {
  [boneIndex.leftShoulder]: 'left',
  [boneIndex.rightShoulder]: 'right',
};

function createTrunk(own: Float32Array, target: Float32Array): Trunk {
  const low = middle(own, 'UpperLeg');
  const high = middle(own, 'UpperArm');
  const lowTo = middle(target, 'UpperLeg');
  const highTo = middle(target, 'UpperArm');
  const way = high.clone().sub(low);
  const wayTo = highTo.clone().sub(lowTo);
  // A trunk that leans between its ends by the rig's taste is sheared, not turned: the shoulders stay level, and what is linear in it is the identity.
  const rotation = new Matrix3();
  const carry = (_bone: number, v: Vector3, result: Vector3): void => {
    const share = Math.min(1, Math.max(0, (v.y - low.y) / way.y));
    result.copy(v).addScaledVector(way, -share).sub(low).add(lowTo).addScaledVector(wayTo, share);
  };
  const tips = { left: tipOf('left'), right: tipOf('right') };
  function tipOf(side: 'left' | 'right'): { from: Vector3; along: Vector3; rest: Vector3 } {
    const from = point(own, `${side}Shoulder`);
    const to = point(own, `${side}UpperArm`);
    const carried = new Vector3();
    carry(0, to, carried);
    return { from, along: to.sub(from), rest: point(target, `${side}UpperArm`).sub(carried) };
  }
  return {
    rotation,
    carry(bone, v, result) {
      carry(bone, v, result);
      const side = clavicles[bone];
      if (!side) return;
      // What is left to the shoulder joint comes in along the clavicle.
      const { from, along, rest } = tips[side];
      const share = Math.min(
        1,
        Math.max(
          0,
          ((v.x - from.x) * along.x + (v.y - from.y) * along.y + (v.z - from.z) * along.z) / (along.lengthSq() || 1),
        ),
      );
      result.addScaledVector(rest, share);
    },
  };
}

/** Ways of limbs and neck; null for the trunk's bones. */
function createWays(own: Float32Array, target: Float32Array, trunkRotation: Matrix3): (Way | null)[] {
  const ways: (Way | null)[] = boneNames.map(() => null);
  const turnOf = (from: BoneName, to: BoneName, before: Quaternion): { turn: Quaternion; stretch: Matrix3 } => {
    const direction = point(own, to).sub(point(own, from));
    const directionTo = point(target, to).sub(point(target, from));
    const length = direction.length();
    const lengthTo = directionTo.length();
    if (length === 0 || lengthTo === 0) return { turn: before.clone(), stretch: new Matrix3() };
    direction.divideScalar(length);
    directionTo.divideScalar(lengthTo);
    const turned = direction.clone().applyQuaternion(before);
    const turn = new Quaternion().setFromUnitVectors(turned, directionTo).multiply(before);
    return { turn, stretch: stretchAlong(direction, lengthTo / length) };
  };
  for (const limb of limbs) {
    let before = new Quaternion();
    for (const { from, to, bones } of limb) {
      // A shoe stands level and keeps its length: rigs do not agree on where in a foot its joints are.
      const { turn, stretch } = from.endsWith('Foot')
        ? { turn: yaw(own, target, from, to), stretch: new Matrix3() }
        : turnOf(from, to, before);
      const linear = matrixOf(turn).multiply(stretch);
      for (const bone of bones) ways[boneIndex[bone]] = { linear, from: point(own, from), to: point(target, from) };
      before = turn;
    }
  }
  // A head is held as it is; the collar goes where the neck is.
  for (const bone of ['neck', 'head'] as const)
    ways[boneIndex[bone]] = { linear: trunkRotation, from: point(own, bone), to: point(target, bone) };
  return ways;
}

/** The turn about the vertical from one foot's direction to the other's. */
function yaw(own: Float32Array, target: Float32Array, from: BoneName, to: BoneName): Quaternion {
  const angle = (joints: Float32Array): number => {
    const foot = point(joints, to).sub(point(joints, from));
    return Math.atan2(foot.x, foot.z);
  };
  return new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), angle(target) - angle(own));
}

/** Stretches by `factor` along the unit vector `d`: identity + (factor − 1) d dᵀ. */
function stretchAlong(d: Vector3, factor: number): Matrix3 {
  const s = factor - 1;
  return new Matrix3().set(
    1 + s * d.x * d.x,
    s * d.x * d.y,
    s * d.x * d.z,
    s * d.y * d.x,
    1 + s * d.y * d.y,
    s * d.y * d.z,
    s * d.z * d.x,
    s * d.z * d.y,
    1 + s * d.z * d.z,
  );
}

function matrixOf(turn: Quaternion): Matrix3 {
  const [x, y, z] = [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)].map((axis) =>
    axis.applyQuaternion(turn),
  );
  return new Matrix3().set(x.x, y.x, z.x, x.y, y.y, z.y, x.z, y.z, z.z);
}

/** Most that any joint of `own` lies from `target`, metres, over the bones in `which`. */
export function farthestJoint(own: Float32Array, target: Float32Array, which: ArrayLike<number>): number {
  let farthest = 0;
  for (let b = 0; b < BONE_COUNT; b++) {
    if (which[b] < 0) continue;
    farthest = Math.max(
      farthest,
      Math.hypot(own[3 * b] - target[3 * b], own[3 * b + 1] - target[3 * b + 1], own[3 * b + 2] - target[3 * b + 2]),
    );
  }
  return farthest;
}
