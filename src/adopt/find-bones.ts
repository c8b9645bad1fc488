import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { findBonesByShape } from './find-bones-by-shape.ts';
import { type NamedBone, nameBone } from './name-bone.ts';
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

/** The bones by which `findBones` judges how much of a rig is understood: the upper and lower half of each limb. */
const limbBones: readonly BoneName[] = (['left', 'right'] as const).flatMap((side): BoneName[] => [
  `${side}UpperArm`,
  `${side}LowerArm`,
  `${side}UpperLeg`,
  `${side}LowerLeg`,
]);
/** Bone → the bone of the same limb above it, of which it is a child or a further descendant. */
const limbParents: Partial<Record<BoneName, BoneName>> = Object.fromEntries(
  ['left', 'right'].flatMap((side) => [
    [`${side}LowerArm`, `${side}UpperArm`],
    [`${side}Hand`, `${side}LowerArm`],
    [`${side}LowerLeg`, `${side}UpperLeg`],
    [`${side}Foot`, `${side}LowerLeg`],
  ]),
);
/** Share of a rig's joints that must have a prefix for it to be one that says nothing. */
const PREFIX_SHARE = 0.5;

/**
 * Finds the bone of the mannequin (the body model) that each joint of a rig (a garment file's skeleton) belongs to.
 *
 * 1. Looks for known names. VRM's name a bone exactly; for other conventions the joints of the spine become bones by
 *    their height (`shareSpine`).
 * 2. If the names do not tell all halves of the limbs, looks for the bones by branching and positions of the skeleton
 *    (`findBonesByShape`), and takes what understands more of the limbs.
 * 3. Maps each joint that was not recognised to the bone of its parent, and joints above all bones to the hips.
 *
 * @param rig In any unit; +y up unless its bones have known names. Each parent is before its children.
 * @returns By joint its bone, and by bone its first joint (−1 for none); null when the rig is not like a person's or
 * has too few bones.
 */
export function findBones(rig: Rig): BoneMap | null {
  const byName = findByName(rig);
  const byShape = byName && limbCount(byName) === limbBones.length ? null : findBonesByShape(rig);
  const map = byName && byShape && limbCount(byShape) > limbCount(byName) ? byShape : (byName ?? byShape);
  if (!map) return null;
  for (let j = 0; j < map.bones.length; j++) {
    if (map.bones[j] < 0) map.bones[j] = rig.parents[j] < 0 ? boneIndex.hips : map.bones[rig.parents[j]];
  }
  return map;
}

/** Step 1. Null when no name is known or the bones found are not a person's. */
function findByName(rig: Rig): BoneMap | null {
  const named = passOverControls(nameBones(rig.names), rig);
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

/** Returns how many halves of limbs a map knows. */
function limbCount({ joints }: BoneMap): number {
  return limbBones.filter((bone) => joints[boneIndex[bone]] >= 0).length;
}

/** Returns the bone that each name means (`nameBone`), with or without the prefix that most of the names share. */
function nameBones(names: readonly string[]): (NamedBone | null)[] {
  const prefix = commonPrefix(names);
  return names.map((name) => nameBone(name) ?? (name.startsWith(prefix) ? nameBone(name.slice(prefix.length)) : null));
}

/** Returns the longest prefix that ends in a separator and that at least `PREFIX_SHARE` of the names have; '' for none. */
function commonPrefix(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names)
    for (const { index } of name.matchAll(/[-_. :|]/g)) {
      const prefix = name.slice(0, index + 1);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  let longest = '';
  for (const [prefix, count] of counts)
    if (count >= PREFIX_SHARE * names.length && prefix.length > longest.length) longest = prefix;
  return longest;
}

/**
 * Returns the names without those of joints that are named like a lower part of a limb but do not hang from its upper
 * part, if others do: targets and poles by which an animator moves a limb, which hold no cloth.
 */
function passOverControls(named: readonly (NamedBone | null)[], { parents }: Rig): (NamedBone | null)[] {
  const hangs = named.map((name, joint): boolean | null => {
    const above = name && limbParents[name.bone];
    if (!above || !named.some((other) => other?.bone === above)) return null;
    for (let j = parents[joint]; j >= 0; j = parents[j]) if (named[j]?.bone === above) return true;
    return false;
  });
  return hangs.includes(true) ? named.map((name, joint) => (hangs[joint] === false ? null : name)) : [...named];
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
