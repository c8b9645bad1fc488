import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoneMap, isAncestor, type Rig } from './rig.ts';

/** Where the mannequin's chest and upper chest begin, as fractions of the distance from hips to neck. */
const CHEST_FROM = 0.35;
const UPPER_CHEST_FROM = 0.6;

/**
 * Maps the joints of a spine, of which rigs have any number under any name, to the mannequin's bones. Changes `map`, in
 * which all other bones are known already.
 *
 * 1. Where the rig has no hips, the first joint is the hips (Rigify's `DEF-spine`), even beside halves of a pelvis
 *    below it.
 * 2. Where the rig has neither neck nor head, the joints above the arms are these (Rigify's `spine.004` to
 *    `spine.006`).
 * 3. The others become spine, chest and upper chest by how far up they lie between hips and neck.
 *
 * @param spine Numbers of the joints, parents first.
 */
export function shareSpine(spine: readonly number[], { parents, positions }: Rig, { bones, joints }: BoneMap): void {
  if (spine.length === 0) return;
  const assign = (joint: number, bone: BoneName): void => {
    bones[joint] = boneIndex[bone];
    if (joints[boneIndex[bone]] < 0) joints[boneIndex[bone]] = joint;
  };
  const chain = [...spine];
  const pelvis = joints[boneIndex.hips];
  if (pelvis < 0 || isAncestor(parents, chain[0], pelvis)) {
    if (pelvis >= 0) joints[boneIndex.hips] = -1;
    if (chain.length > 1) assign(chain.shift()!, 'hips');
  }
  const arm = joints[boneIndex.leftShoulder] >= 0 ? joints[boneIndex.leftShoulder] : joints[boneIndex.leftUpperArm];
  const hasHeadOrNeck = joints[boneIndex.head] >= 0 || joints[boneIndex.neck] >= 0;
  if (!hasHeadOrNeck && arm >= 0 && chain.some((joint) => isAncestor(parents, joint, arm))) {
    const above = chain.filter((joint) => !isAncestor(parents, joint, arm));
    if (above.length > 1) assign(above.pop()!, 'head');
    for (const joint of above) assign(joint, 'neck');
  }
  const rest = chain.filter((joint) => bones[joint] < 0);
  const from = joints[boneIndex.hips] >= 0 ? joints[boneIndex.hips] : rest[0];
  const to = joints[boneIndex.neck] >= 0 ? joints[boneIndex.neck] : joints[boneIndex.head];
  for (const joint of rest) {
    const fraction = from >= 0 && to >= 0 ? fractionBetween(positions, joint, from, to) : 0;
    const isFirst = joint === rest[0] || fraction < CHEST_FROM;
    assign(joint, isFirst ? 'spine' : fraction < UPPER_CHEST_FROM ? 'chest' : 'upperChest');
  }
}

/** How far along the line from joint `from` to joint `to` a joint lies: 0 to 1 between them. */
function fractionBetween(positions: Float32Array, joint: number, from: number, to: number): number {
  let projection = 0;
  let squaredLength = 0;
  for (let a = 0; a < 3; a++) {
    const axis = positions[3 * to + a] - positions[3 * from + a];
    projection += axis * (positions[3 * joint + a] - positions[3 * from + a]);
    squaredLength += axis * axis;
  }
  return projection / (squaredLength || 1);
}
