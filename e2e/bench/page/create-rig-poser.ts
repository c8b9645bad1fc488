// Poses a person of another maker as a motion of the mannequin says.
// 1. Recognise the rig's joints as bones of the mannequin, as the product does for garments of other makers.
// 2. Pose the mannequin, which gives each bone's rotation from the rest pose.
// 3. Rotate each recognised joint by its bone's rotation. Limbs rest in another direction than the mannequin's, so they
//    are first rotated into the mannequin's rest direction. Other joints follow their parents.
import { type Bone, type Object3D, Quaternion, Vector3 } from 'three';
import { findBones } from '../../../src/adopt/find-bones.ts';
import type { BoneMap } from '../../../src/adopt/rig.ts';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../../src/mannequin/pose-mannequin.ts';
import { createMotionPose, type Motion } from '../../../src/synthetic/motion-pose.ts';

/** Bones of limbs and the bone at whose joint each ends. */
const limbEnds: Partial<Record<BoneName, BoneName>> = {
  leftUpperArm: 'leftLowerArm',
  leftLowerArm: 'leftHand',
  rightUpperArm: 'rightLowerArm',
  rightLowerArm: 'rightHand',
  leftUpperLeg: 'leftLowerLeg',
  leftLowerLeg: 'leftFoot',
  rightUpperLeg: 'rightLowerLeg',
  rightLowerLeg: 'rightFoot',
};
/** Bones that rest on the line of the bone before them. */
const limbStarts: Partial<Record<BoneName, BoneName>> = { leftHand: 'leftLowerArm', rightHand: 'rightLowerArm' };

/** Moves one rig. */
export interface RigPoser {
  /**
   * Poses the rig as `motion` (which gives the mannequin's pose by time) says for a time, milliseconds. The motion's
   * place on the floor is the scene's origin.
   */
  pose(motion: Motion, timeMs: number): void;
  /** Writes the position of the joint at which a bone begins, in world space (metres, +y up), to `target`. */
  joint(bone: BoneName, target: Vector3): Vector3;
}

/**
 * Creates the poser of a rigged person. `scene`: the file's scene in its rest pose, upright, facing +z, in metres;
 * `mannequin`: the body whose motions it plays. Throws if the skeleton is not like a person's.
 */
export function createRigPoser(scene: Object3D, mannequin: Mannequin): RigPoser {
  const bones: Bone[] = [];
  scene.updateMatrixWorld(true);
  scene.traverse((node) => {
    if ((node as Bone).isBone) bones.push(node as Bone);
  });
  const restPlaces = bones.map((bone) => bone.getWorldPosition(new Vector3()));
  const restRotations = bones.map((bone) => bone.getWorldQuaternion(new Quaternion()));
  const restLocals = bones.map((bone) => bone.quaternion.clone());
  const parents = bones.map((bone) => bones.indexOf(bone.parent as Bone));
  const map = findBones({
    names: bones.map((bone) => (bone.userData.name as string | undefined) ?? bone.name),
    parents: Int32Array.from(parents),
    positions: Float32Array.from(restPlaces.flatMap((place) => place.toArray())),
  });
  if (!map) throw new Error('the skeleton is not like a person’s');
  const alignments = alignLimbs(map, restPlaces, mannequin);
  /** Mannequin's bone that begins at each joint; −1: none. Files disagree on the hips: the top joint is theirs. */
  const boneOf = bones.map((_, j) => (parents[j] < 0 ? boneIndex.hips : map.joints.indexOf(j)));
  const worlds = bones.map(() => new Quaternion());
  const outer = new Quaternion();
  const mannequinPose = createMannequinPose();
  const motionPose = createMotionPose();

  return {
    pose(motion, timeMs) {
      motion(timeMs, motionPose);
      const { root, localRotations } = motionPose;
      const { rotations } = poseMannequin(mannequin.joints, localRotations, root, mannequinPose);
      bones.forEach((bone, j) => {
        const b = boneOf[j];
        const world = worlds[j];
        const above = parents[j] < 0 ? bone.parent?.getWorldQuaternion(outer) : worlds[parents[j]];
        if (b < 0 || (b === boneIndex.hips && parents[j] >= 0)) world.copy(above ?? outer).multiply(restLocals[j]);
        else
          world
            .fromArray(rotations, 4 * b)
            .multiply(alignments[b])
            .multiply(restRotations[j]);
        bone.quaternion
          .copy(above ?? outer)
          .invert()
          .multiply(world);
        if (parents[j] < 0) {
          bone.position
            .copy(restPlaces[j])
            .applyQuaternion(outer.fromArray(root.rotation))
            .add(new Vector3().fromArray(root.translation));
        }
      });
      scene.updateMatrixWorld(true);
    },
    joint: (bone, target) => bones[map.joints[boneIndex[bone]]].getWorldPosition(target),
  };
}

/**
 * Returns for each bone of the mannequin the rotation from the rig's rest direction to the mannequin's. `places`: of
 * the rig's joints in the rest pose, metres.
 */
function alignLimbs({ joints }: BoneMap, places: readonly Vector3[], mannequin: Mannequin): Quaternion[] {
  const placeOnMannequin = (bone: BoneName): Vector3 => new Vector3().fromArray(mannequin.joints, 3 * boneIndex[bone]);
  const alignments = boneNames.map(() => new Quaternion());
  for (const name of boneNames) {
    const end = limbEnds[name];
    if (!end) continue;
    const [from, to] = [name, end].map((bone) => places[joints[boneIndex[bone]]]);
    alignments[boneIndex[name]].setFromUnitVectors(
      to.clone().sub(from).normalize(),
      placeOnMannequin(end).sub(placeOnMannequin(name)).normalize(),
    );
  }
  for (const name of boneNames) {
    const before = limbStarts[name];
    if (before) alignments[boneIndex[name]].copy(alignments[boneIndex[before]]);
  }
  return alignments;
}
