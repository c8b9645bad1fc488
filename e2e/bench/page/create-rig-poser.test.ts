import { Bone, Object3D, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { boneIndex, boneNames, boneParents } from '../../../src/mannequin/mannequin.ts';
import { createMannequinPose, poseMannequin } from '../../../src/mannequin/pose-mannequin.ts';
import { createMotionPose } from '../../../src/synthetic/motion-pose.ts';
import { motions } from '../../../src/synthetic/motions.ts';
import { committedMannequin } from '../../../tools/mannequin/committed-mannequin.ts';
import { jointBones } from '../judge-fit.ts';
import { createRigPoser } from './create-rig-poser.ts';

const mannequin = await committedMannequin();

/** Returns the mannequin's skeleton as a scene, with both upper arms rotated about z by `degrees` in the rest pose. */
function makeRig(degrees: number): Object3D {
  const bones = boneNames.map((name) => Object.assign(new Bone(), { name }));
  const scene = new Object3D();
  bones.forEach((bone, b) => {
    const parent = boneParents[b];
    bone.position.fromArray(mannequin.joints, 3 * b);
    if (parent >= 0) bone.position.sub(new Vector3().fromArray(mannequin.joints, 3 * parent));
    (parent >= 0 ? bones[parent] : scene).add(bone);
  });
  const angle = (degrees * Math.PI) / 180;
  bones[boneIndex.leftUpperArm].rotation.z = angle;
  bones[boneIndex.rightUpperArm].rotation.z = -angle;
  return scene;
}

describe('createRigPoser', () => {
  it.each([0, 30, -25])('poses a rig whose arms rest %i° from the mannequin’s as the mannequin itself', (degrees) => {
    const poser = createRigPoser(makeRig(degrees), mannequin);
    const motionPose = createMotionPose();
    const pose = createMannequinPose();
    for (const motion of [motions.arms, motions.squat, motions.turn]) {
      for (const timeMs of [0, 700, 2100]) {
        motion(timeMs, motionPose);
        poseMannequin(mannequin.joints, motionPose.localRotations, motionPose.root, pose);
        poser.pose(motion, timeMs);
        for (const bone of Object.values(jointBones)) {
          const distance = poser
            .joint(bone, new Vector3())
            .distanceTo(new Vector3().fromArray(pose.positions, 3 * boneIndex[bone]));
          expect(distance, `${bone} at ${timeMs} ms`).toBeLessThan(1e-4);
        }
      }
    }
  });

  it('says so when the skeleton is no person’s', () => {
    const scene = new Object3D();
    scene.add(Object.assign(new Bone(), { name: 'lid' }));
    expect(() => createRigPoser(scene, mannequin)).toThrow(/not like a person/);
  });
});
