import { BONE_COUNT, boneIndex, boneParents } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/**
 * Where a rig has the mannequin's joints, 3 × BONE_COUNT, in the rig's units: those that it lacks lie from the nearest one
 * that it has as they do on the mannequin (rest joints `model`, which must be in the same units), halves of limbs half way.
 */
export function completeJoints({ positions }: Rig, { joints }: BoneMap, model: Float32Array): Float32Array {
  const completed = new Float32Array(3 * BONE_COUNT);
  const known = joints.map((joint) => (joint >= 0 ? 1 : 0));
  for (let b = 0; b < BONE_COUNT; b++)
    for (let a = 0; a < 3; a++) if (known[b]) completed[3 * b + a] = positions[3 * joints[b] + a];
  const lean = (bone: number, on: number): void => {
    if (known[bone] || !known[on]) return;
    for (let a = 0; a < 3; a++)
      completed[3 * bone + a] = completed[3 * on + a] + model[3 * bone + a] - model[3 * on + a];
    known[bone] = 1;
  };
  // The hips lie between the legs whatever a rig calls so: MakeHuman's and Unreal's differ by a hand's breadth.
  const { leftUpperLeg, rightUpperLeg, hips } = boneIndex;
  if (known[leftUpperLeg] && known[rightUpperLeg]) {
    for (let a = 0; a < 3; a++) {
      const offset = model[3 * hips + a] - (model[3 * leftUpperLeg + a] + model[3 * rightUpperLeg + a]) / 2;
      completed[3 * hips + a] = (completed[3 * leftUpperLeg + a] + completed[3 * rightUpperLeg + a]) / 2 + offset;
    }
    known[hips] = 1;
  }
  // Up to the trunk from what is known, then down from the trunk to everything.
  for (let b = BONE_COUNT - 1; b > 0; b--) lean(boneParents[b], b);
  for (let b = 1; b < BONE_COUNT; b++) lean(b, boneParents[b]);
  return completed;
}
