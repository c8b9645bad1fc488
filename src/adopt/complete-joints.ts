import { BONE_COUNT, boneIndex, boneParents } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/**
 * Computes where a rig has all of the mannequin's joints (3 × BONE_COUNT, in the rig's units).
 *
 * 1. Takes the joints that the rig has.
 * 2. Places the hips between the hip joints, whatever joint the rig calls so: MakeHuman's and Unreal's differ by 10 cm.
 * 3. Places each missing joint as far from the nearest known one as it is on the mannequin.
 *
 * @param modelJoints The mannequin's rest joints, 3 × BONE_COUNT, in the same units as the rig.
 */
export function completeJoints({ positions }: Rig, { joints }: BoneMap, modelJoints: Float32Array): Float32Array {
  const completed = new Float32Array(3 * BONE_COUNT);
  const isKnown = joints.map((joint) => (joint >= 0 ? 1 : 0));
  for (let b = 0; b < BONE_COUNT; b++)
    for (let a = 0; a < 3; a++) if (isKnown[b]) completed[3 * b + a] = positions[3 * joints[b] + a];
  const { leftUpperLeg, rightUpperLeg, hips } = boneIndex;
  if (isKnown[leftUpperLeg] && isKnown[rightUpperLeg]) {
    for (let a = 0; a < 3; a++) {
      const offset =
        modelJoints[3 * hips + a] - (modelJoints[3 * leftUpperLeg + a] + modelJoints[3 * rightUpperLeg + a]) / 2;
      completed[3 * hips + a] = (completed[3 * leftUpperLeg + a] + completed[3 * rightUpperLeg + a]) / 2 + offset;
    }
    isKnown[hips] = 1;
  }
  const placeBeside = (bone: number, known: number): void => {
    if (isKnown[bone] || !isKnown[known]) return;
    for (let a = 0; a < 3; a++)
      completed[3 * bone + a] = completed[3 * known + a] + modelJoints[3 * bone + a] - modelJoints[3 * known + a];
    isKnown[bone] = 1;
  };
  // From known joints up to the trunk, then from the trunk down to all others.
  for (let b = BONE_COUNT - 1; b > 0; b--) placeBeside(boneParents[b], b);
  for (let b = 1; b < BONE_COUNT; b++) placeBeside(b, boneParents[b]);
  return completed;
}
