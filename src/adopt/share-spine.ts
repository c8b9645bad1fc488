import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { type BoneMap, isAncestor, type Rig } from './rig.ts';

/**
 * Fractions of the distance from hips to neck from which a joint is the chest and the upper chest; the mannequin's own
 * are at 0.41 and 0.66.
 */
const CHEST_FROM = 0.35;
const UPPER_CHEST_FROM = 0.6;

/**
 * Assigns bones of the mannequin (the body model) to the joints of a rig's spine, by their positions: rigs (garment
 * files' skeletons) have any number of these joints, under any name. Writes to `map`, which holds all other bones
 * already.
 *
 * 1. If the rig has no hips, or its hips are below the first joint (Rigify's two halves of a pelvis), the first joint
 *    becomes the hips (Rigify's `DEF-spine`).
 * 2. If the rig has neither neck nor head, the joints that are no ancestors of the arms become neck and head (Rigify's
 *    `spine.004` to `spine.006`).
 * 3. The first of the others becomes `spine`. The rest become `spine`, `chest` or `upperChest` by how far up they are
 *    between hips and neck.
 *
 * @param spine Indices of the spine's joints in the rig, parents before children; empty: nothing changes.
 * @param rig Parents and positions of its joints, in any unit.
 * @param map By joint its bone, by bone its first joint; −1: none yet.
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

/** Returns how far along the line from joint `from` (0) to joint `to` (1) a joint projects, not clamped. */
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
