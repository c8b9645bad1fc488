/**
 * Moves a garment's mesh from the pose and proportions of the body that it was modelled on to those of a target body.
 *
 * 1. Compute a transform for each segment of a limb: first the rotation of the segment before it, then the shortest
 *    rotation about its joint into the target's direction, then a stretch along the bone to the target's length. Girths
 *    stay.
 * 2. Compute one transform for the trunk from the middle of the hip joints and the middle of the shoulder joints: it
 *    interpolates linearly between them and ignores the rig's spine joints. The neck goes with the shoulders, since
 *    rigs do not agree on where in a neck its joint is. The head is translated.
 * 3. Transform each vertex by the mean of its bones' transforms, weighted by its skin weights.
 *
 * The distance between the hip joints stays: rigs place them differently (MakeHuman's are 2 cm outside the middle of
 * the thigh). Knees and ankles do move to the target's distance.
 */
import { Matrix3, Quaternion, Vector3 } from 'three';
import { type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';
import { createTrunkTransform } from './create-trunk-transform.ts';
import { TimeSlice } from './time-slice.ts';

/** A mesh that is skinned to the mannequin's bones. */
export interface CarriedMesh {
  /** 3 × vertices, metres. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** Size name → displacement from the base size, 3 × vertices, metres. */
  sizes: Record<string, Float32Array>;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: Uint16Array;
  /** 4 × vertices: weights of these bones, ≥ 0. */
  skinWeights: Float32Array;
}

/** Maps a position p, metres, to `linear` · (p − `from`) + `to`. */
interface BoneTransform {
  linear: Matrix3;
  from: Vector3;
  to: Vector3;
}

/** A segment of a limb, between the joints at which the bones `from` and `to` begin. */
interface Segment {
  from: BoneName;
  to: BoneName;
  /** Bones that move with the segment. */
  bones: readonly BoneName[];
}

/** Each limb's segments, from the trunk outwards. */
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

/** A trunk that leans is sheared, not rotated, so that the shoulders stay level. Normals of the trunk do not change. */
const IDENTITY = new Matrix3();

/**
 * Moves the vertices of a mesh from one body to another (steps above). Changes `positions`, `normals` and `sizes` in
 * place. Between slices of the loop over vertices the page gets time to draw.
 *
 * @param modelledOn Rest joints of the body that the mesh was modelled on: x, y, z in metres for each bone in the order
 * of `boneNames` (3 × BONE_COUNT), +x to the body's left, +y up, +z forward.
 * @param target Rest joints of the target body, in the same order, unit and space.
 */
export async function carryToMannequin(
  { positions, normals, sizes, skinIndices, skinWeights }: CarriedMesh,
  modelledOn: Float32Array,
  target: Float32Array,
): Promise<void> {
  const joints = keepHipBreadth(modelledOn, target);
  const trunk = createTrunkTransform(modelledOn, joints);
  const transforms = createTransforms(modelledOn, joints);
  const slice = new TimeSlice();
  const vector = new Vector3();
  const sum = new Vector3();
  const moved = new Vector3();
  const linear = new Matrix3();
  for (let i = 0; 3 * i < positions.length; i++) {
    if (slice.isOver()) await slice.next();
    vector.fromArray(positions, 3 * i);
    sum.set(0, 0, 0);
    linear.elements.fill(0);
    let total = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      const weight = skinWeights[k];
      if (weight === 0) continue;
      const bone = skinIndices[k];
      const transform = transforms[bone];
      if (transform) moved.copy(vector).sub(transform.from).applyMatrix3(transform.linear).add(transform.to);
      else trunk(bone, vector, moved);
      sum.addScaledVector(moved, weight);
      const { elements } = transform ? transform.linear : IDENTITY;
      for (let e = 0; e < 9; e++) linear.elements[e] += weight * elements[e];
      total += weight;
    }
    if (total === 0) continue;
    sum.multiplyScalar(1 / total).toArray(positions, 3 * i);
    linear.multiplyScalar(1 / total);
    for (const deltas of Object.values(sizes))
      vector
        .fromArray(deltas, 3 * i)
        .applyMatrix3(linear)
        .toArray(deltas, 3 * i);
    vector
      .fromArray(normals, 3 * i)
      .applyMatrix3(linear)
      .normalize()
      .toArray(normals, 3 * i);
  }
}

/** Returns a copy of the joints `target` in which the hip joints have the distance along x that `modelledOn` has. */
function keepHipBreadth(modelledOn: Float32Array, target: Float32Array): Float32Array {
  const joints = target.slice();
  const [left, right] = [3 * boneIndex.leftUpperLeg, 3 * boneIndex.rightUpperLeg];
  const half = (modelledOn[left] - modelledOn[right]) / 2;
  const centre = (joints[left] + joints[right]) / 2;
  joints[left] = centre + half;
  joints[right] = centre - half;
  return joints;
}

/** Step 1: returns the transform of each bone, in the order of `boneNames`; null for the bones of the trunk. */
function createTransforms(modelledOn: Float32Array, target: Float32Array): (BoneTransform | null)[] {
  const transforms: (BoneTransform | null)[] = boneNames.map(() => null);
  const set = (bone: BoneName, from: BoneName, linear: Matrix3): void => {
    transforms[boneIndex[bone]] = { linear, from: jointOf(modelledOn, from), to: jointOf(target, from) };
  };
  for (const segments of limbs) {
    let rotation = new Quaternion();
    for (const { from, to, bones } of segments) {
      const direction = jointOf(modelledOn, to).sub(jointOf(modelledOn, from));
      const targetDirection = jointOf(target, to).sub(jointOf(target, from));
      // A foot only rotates about y, so that its sole stays level, and keeps its length: rigs do not agree on where in
      // a foot its joints are.
      const isFoot = from.endsWith('Foot');
      const segmentRotation = isFoot
        ? turnHeading(direction, targetDirection)
        : turnSegment(direction, targetDirection, rotation);
      const linear = matrixOf(segmentRotation);
      if (!isFoot) linear.multiply(stretchSegment(direction, targetDirection));
      for (const bone of bones) set(bone, from, linear);
      rotation = segmentRotation;
    }
  }
  set('head', 'head', IDENTITY);
  return transforms;
}

/** Returns the joint at which `bone` begins, from 3 × BONE_COUNT coordinates, metres. */
function jointOf(joints: Float32Array, bone: BoneName): Vector3 {
  return new Vector3().fromArray(joints, 3 * boneIndex[bone]);
}

/**
 * Returns the rotation `before`, followed by the shortest rotation that then brings `direction` to `target`. If one of
 * the two directions has length 0, returns a copy of `before`.
 */
function turnSegment(direction: Vector3, target: Vector3, before: Quaternion): Quaternion {
  if (direction.length() === 0 || target.length() === 0) return before.clone();
  const turned = direction.clone().divideScalar(direction.length()).applyQuaternion(before);
  return new Quaternion().setFromUnitVectors(turned, target.clone().divideScalar(target.length())).multiply(before);
}

/** Returns the rotation about y that brings the horizontal part of `direction` to that of `target`. */
function turnHeading(direction: Vector3, target: Vector3): Quaternion {
  const angle = Math.atan2(target.x, target.z) - Math.atan2(direction.x, direction.z);
  return new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), angle);
}

/**
 * Returns the matrix that stretches space along `direction` by |target| / |direction|: identity + (factor − 1) d dᵀ for
 * the unit vector d. If one of the two has length 0, returns the identity.
 */
function stretchSegment(direction: Vector3, target: Vector3): Matrix3 {
  const length = direction.length();
  const targetLength = target.length();
  if (length === 0 || targetLength === 0) return new Matrix3();
  const d = direction.clone().divideScalar(length);
  const s = targetLength / length - 1;
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

/** Returns the rotation as a matrix, whose columns are the rotated axes. */
function matrixOf(rotation: Quaternion): Matrix3 {
  const [x, y, z] = [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)].map((axis) =>
    axis.applyQuaternion(rotation),
  );
  return new Matrix3().set(x.x, y.x, z.x, x.y, y.y, z.y, x.z, y.z, z.z);
}
