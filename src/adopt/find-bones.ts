import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { findBonesByShape } from './find-bones-by-shape.ts';
import { nameBone } from './name-bone.ts';
import { type BoneMap, createBoneMap, isAncestor, type Rig } from './rig.ts';
import { shareSpine } from './share-spine.ts';

/** Bones of which rigs have any number, called by any of these names. */
const spineBones: ReadonlySet<BoneName> = new Set(['spine', 'chest', 'upperChest']);
const twistBones: Partial<Record<BoneName, BoneName>> = {
  leftUpperArm: 'leftUpperArmTwist',
  leftLowerArm: 'leftLowerArmTwist',
  leftUpperLeg: 'leftUpperLegTwist',
  rightUpperArm: 'rightUpperArmTwist',
  rightLowerArm: 'rightLowerArmTwist',
  rightUpperLeg: 'rightUpperLegTwist',
};

/**
 * Finds the mannequin's bones in a rig, in any units and pose.
 *
 * 1. By names: VRM's as they are, those of other conventions with their spine shared out by height (`shareSpine`).
 * 2. If the names say nothing, by how the skeleton branches and where its joints lie (`findBonesByShape`).
 * 3. Maps each joint that is no bone to the bone of its parent, and those above all bones to the hips.
 *
 * Null when the rig is no person's, or has too few bones of one.
 */
export function findBones(rig: Rig): BoneMap | null {
  const map = findByName(rig) ?? findBonesByShape(rig);
  if (!map) return null;
  for (let j = 0; j < map.bones.length; j++) {
    if (map.bones[j] < 0) map.bones[j] = rig.parents[j] < 0 ? boneIndex.hips : map.bones[rig.parents[j]];
  }
  return map;
}

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
    // A second joint of one name, below the first, lies along the bone.
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
 * Whether the bones found by name can be a person's. A lower limb without an upper one is a word that means something
 * else.
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
