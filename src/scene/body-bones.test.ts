import { Matrix4, Quaternion, Vector3 } from 'three';
import { expect, it } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import { BONE_COUNT, boneIndex } from '../mannequin/mannequin.ts';
import { createRandom } from '../math/create-random.ts';
import { BodyBones } from './body-bones.ts';
import { bringArmsForward } from './bring-arms-forward.ts';

for (const seed of [1, 2]) {
  it(`poses a vertex by each bone, with arms over the trunk nearer to the camera (seed ${seed})`, () => {
    const random = createRandom(seed);
    const body = createPosedBody();
    const joints = new Float32Array(3 * BONE_COUNT).map(() => random() * 2 - 1);
    body.positions.set(body.positions.map(() => random() * 2 - 1));
    for (let b = 0; b < BONE_COUNT; b++)
      new Quaternion(random() - 0.5, random() - 0.5, random() - 0.5, random() - 0.5)
        .normalize()
        .toArray(body.rotations, 4 * b);
    for (let b = 0; b < BONE_COUNT; b++) body.positions[3 * b + 2] -= 3;
    for (const bone of [boneIndex.leftUpperArm, boneIndex.leftLowerArm, boneIndex.leftHand])
      body.positions.copyWithin(3 * bone, 3 * boneIndex.upperChest, 3 * boneIndex.upperChest + 3);
    const nearness = new Float32Array(BONE_COUNT).fill(1);
    bringArmsForward(body, nearness);
    expect(nearness.some((share) => share < 1)).toBe(true);
    const bones = new BodyBones();
    bones.takeShape({ joints });
    bones.takeBody(body);

    for (let b = 0; b < BONE_COUNT; b++) {
      const vertex = new Vector3(random(), random(), random());
      const expected = vertex
        .clone()
        .sub(new Vector3().fromArray(joints, 3 * b))
        .applyQuaternion(new Quaternion().fromArray(body.rotations, 4 * b))
        .add(new Vector3().fromArray(body.positions, 3 * b))
        .multiplyScalar(nearness[b]);
      const r = bones.matrixRows.value.subarray(12 * b, 12 * b + 12);
      const posed = vertex
        .clone()
        .applyMatrix4(
          new Matrix4().set(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], 0, 0, 0, 1),
        );
      expect(posed.distanceTo(expected)).toBeLessThan(1e-5);
    }
  });
}
