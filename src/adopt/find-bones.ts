import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { findBonesByShape } from './find-bones-by-shape.ts';
import { nameBone } from './name-bone.ts';
import { type BoneMap, createBoneMap, isAncestor, type Rig } from './rig.ts';
import { shareSpine } from './share-spine.ts';

/** Bones of the spine: rigs have any number of joints there, and do not agree on their names. */
const spineBones: ReadonlySet<BoneName> = new Set(['spine', 'chest', 'upperChest']);
/** Bone → the mannequin's twist bone along it. */
const twistBones: Partial<Record<BoneName, BoneName>> = {
  leftUpperArm: 'leftUpperArmTwist',
  leftLowerArm: 'leftLowerArmTwist',
  leftUpperLeg: 'leftUpperLegTwist',
  rightUpperArm: 'rightUpperArmTwist',
  rightLowerArm: 'rightLowerArmTwist',
  rightUpperLeg: 'rightUpperLegTwist',
};

/**
 * Finds the bone of the mannequin (the body model) that each joint of a rig (a garment file's skeleton) belongs to.
 *
 * 1. Looks for known names. VRM's name a bone exactly; for other conventions the joints of the spine become bones by
 *    their height (`shareSpine`).
 * 2. If no names are known, recognises the bones by branching and positions of the skeleton (`findBonesByShape`).
 * 3. Maps each joint that was not recognised to the bone of its parent, and joints above all bones to the hips.
 *
 * @param rig In any unit; +y up unless its bones have known names. Each parent is before its children.
 * @returns By joint its bone, and by bone its first joint (−1 for none); null when the rig is not like a person's or
 * has too few bones.
 */
export function findBones(rig: Rig): BoneMap | null {
  const map = findByName(rig) ?? findBonesByShape(rig);
  if (!map) return null;
  for (let j = 0; j < map.bones.length; j++) {
    if (map.bones[j] < 0) map.bones[j] = rig.parents[j] < 0 ? boneIndex.hips : map.bones[rig.parents[j]];
  }
  return map;
}

/** Step 1. Null when no name is known or the bones found are not a person's. */
function findByName(rig: Rig): BoneMap | null {
  const named = rig.names.map(nameBone);
  const namedCount = named.filter((name) => name).length;
  if (namedCount === 0) return null;
  // All conventions have a `head`. A rig is VRM's when most of its names are.
  const isVrm = named.filter((name) => name?.isVrm).length > namedCount / 2;
  const map = createBoneMap(named.length, isVrm ? 'vrm' : 'name');
  const spine: number[] = [];
  named.forEach((name, joint) => {
    // Beside VRM's `chest`, `Chest_ctrl` is a control, not a bone.
    if (!name || (isVrm && !name.isVrm)) return;
    const { bone, isTwist } = name;
    if (!isVrm && spineBones.has(bone)) {
      spine.push(joint);
      return;
    }
    const twistBone = twistBones[bone];
    const first = map.joints[boneIndex[bone]];
    // A second joint of the same name, below the first, is a twist joint along the bone.
    const isAlong = !isVrm && (isTwist || (first >= 0 && isAncestor(rig.parents, first, joint)));
    const mapped = boneIndex[isAlong && twistBone ? twistBone : bone];
    map.bones[joint] = mapped;
    if (map.joints[mapped] < 0 && !(isTwist && !twistBone)) map.joints[mapped] = joint;
  });
  shareSpine(spine, rig, map);
  if (map.by === 'name' && !isPlausible(map)) return null;
  return map;
}

/**
 * Whether the bones found by name can be a person's: no lower limb without its upper one (its name then meant something
 * else), and both upper arms, both upper legs, hips, spine or neck.
 */
function isPlausible({ joints }: BoneMap): boolean {
  const has = (bone: BoneName): boolean => joints[boneIndex[bone]] >= 0;
  for (const limb of ['Arm', 'Leg'] as const) {
    for (const side of ['left', 'right'] as const) {
      if (has(`${side}Lower${limb}`) && !has(`${side}Upper${limb}`)) return false;
    }
  }
  return (
    (has('leftUpperArm') && has('rightUpperArm')) ||
    (has('leftUpperLeg') && has('rightUpperLeg')) ||
    has('hips') ||
    has('spine') ||
    has('neck')
  );
}
