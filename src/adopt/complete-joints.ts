import { BONE_COUNT, boneIndex, boneParents } from '../mannequin/mannequin.ts';
import type { BoneMap, Rig } from './rig.ts';

/**
 * Returns the position of every joint of the mannequin (the body model) on the body of a rig (a garment file's
 * skeleton): x, y, z for each bone in the order of `boneNames` (3 × BONE_COUNT), in the rig's space and unit. Joints
 * that the rig lacks are estimated.
 *
 * 1. Copies the joints that the rig has.
 * 2. Replaces the joint `hips` by the middle of both hip joints plus the mannequin's offset from there, because rigs do
 *    not agree on it: MakeHuman's and Unreal's differ by 10 cm.
 * 3. Places each missing joint beside a known child or, if it has none, beside its parent, with the mannequin's offset
 *    between the two.
 *
 * @param rig Its rest positions, 3 × joints; upright (+y up, +x to the body's left) and posed as the mannequin is.
 * @param map By bone: index of the rig's joint, −1 for none.
 * @param modelJoints The mannequin's rest joints, 3 × BONE_COUNT, in the rig's unit.
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
  // Bones are sorted parents first: place missing parents from their children, then missing children from their
  // parents.
  for (let b = BONE_COUNT - 1; b > 0; b--) placeBeside(boneParents[b], b);
  for (let b = 1; b < BONE_COUNT; b++) placeBeside(b, boneParents[b]);
  return completed;
}
