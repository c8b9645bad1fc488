import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';
import { findBonesByShape } from './find-bones-by-shape.ts';
import { nameBone } from './name-bone.ts';
import { type BoneMap, createBoneMap, type Rig } from './rig.ts';

/** Where the mannequin's chest and upper chest begin, of the way from hips to neck: joints of a spine of any number are shared out by it. */
const CHEST_FROM = 0.35;
const UPPER_CHEST_FROM = 0.6;

const trunk: ReadonlySet<BoneName> = new Set(['spine', 'chest', 'upperChest']);
const twistOf: Partial<Record<BoneName, BoneName>> = {
  leftUpperArm: 'leftUpperArmTwist',
  leftLowerArm: 'leftLowerArmTwist',
  leftUpperLeg: 'leftUpperLegTwist',
  rightUpperArm: 'rightUpperArmTwist',
  rightLowerArm: 'rightLowerArmTwist',
  rightUpperLeg: 'rightUpperLegTwist',
};

/**
 * The mannequin's bones in a rig: by name, else by where its joints lie. Null when it is no skeleton of a person, or too
 * little of one. Joints that are no bones fold into what they hang from; those above all bones into the hips.
 */
export function findBones(rig: Rig): BoneMap | null {
  const map = findByName(rig) ?? findBonesByShape(rig);
  if (!map) return null;
  for (let j = 0; j < map.bones.length; j++) {
    if (map.bones[j] < 0) map.bones[j] = rig.parents[j] < 0 ? boneIndex.hips : map.bones[rig.parents[j]];
  }
  return map;
}

function findByName({ names, parents, positions }: Rig): BoneMap | null {
  const found = names.map(nameBone);
  if (!found.some((name) => name)) return null;
  // `head` is called so by all: VRM's are a rig's names when most are.
  const count = found.filter((name) => name).length;
  const vrm = found.filter((name) => name?.exact).length > count / 2;
  const map = createBoneMap(names.length, vrm ? 'vrm' : 'name');
  const spine: number[] = [];
  found.forEach((name, j) => {
    // A file that uses VRM's names means no others by them (`chest`, not also `Chest_ctrl`).
    if (!name || (vrm && !name.exact)) return;
    const { bone, twist } = name;
    if (!vrm && trunk.has(bone)) return void spine.push(j);
    const helper = twistOf[bone];
    const begins = map.joints[boneIndex[bone]] < 0;
    // The second joint of one name lies along the bone.
    const along = !vrm && (twist || (!begins && hangsFrom(parents, j, map.joints[boneIndex[bone]])));
    map.bones[j] = boneIndex[along && helper ? helper : bone];
    const start = map.bones[j];
    if (map.joints[start] < 0 && !(twist && !helper)) map.joints[start] = j;
  });
  shareSpine(spine, positions, parents, map);
  // A lower leg without an upper one is a word misread.
  if (map.by === 'name' && !isPlausible(map)) return null;
  return map;
}

function hangsFrom(parents: Int32Array, joint: number, ancestor: number): boolean {
  for (let j = joint; j >= 0; j = parents[j]) if (j === ancestor) return true;
  return false;
}

/** Gives the joints of a spine, parents first, to hips, spine, chest and upper chest, and to neck and head where nothing else is called so (Rigify's are `spine.004` to `spine.006`). */
function shareSpine(spine: number[], positions: Float32Array, parents: Int32Array, { bones, joints }: BoneMap): void {
  if (spine.length === 0) return;
  const give = (joint: number, bone: BoneName): void => {
    bones[joint] = boneIndex[bone];
    if (joints[boneIndex[bone]] < 0) joints[boneIndex[bone]] = joint;
  };
  const chain = [...spine];
  // `DEF-spine` is the hips, and so is a half of the pelvis only beside it.
  const hips = joints[boneIndex.hips];
  if (hips < 0 || hangsFrom(parents, hips, chain[0])) {
    if (hips >= 0) joints[boneIndex.hips] = -1;
    if (chain.length > 1) give(chain.shift()!, 'hips');
  }
  const arm = joints[boneIndex.leftShoulder] >= 0 ? joints[boneIndex.leftShoulder] : joints[boneIndex.leftUpperArm];
  if (
    joints[boneIndex.head] < 0 &&
    joints[boneIndex.neck] < 0 &&
    arm >= 0 &&
    chain.some((joint) => hangsFrom(parents, arm, joint))
  ) {
    // Above where the arms go off.
    const above = chain.filter((joint) => !hangsFrom(parents, arm, joint));
    if (above.length > 1) give(above.pop()!, 'head');
    for (const joint of above) give(joint, 'neck');
  }
  const rest = chain.filter((joint) => bones[joint] < 0);
  const from = joints[boneIndex.hips] >= 0 ? joints[boneIndex.hips] : rest[0];
  const to = joints[boneIndex.neck] >= 0 ? joints[boneIndex.neck] : joints[boneIndex.head];
  for (const joint of rest) {
    const share = from >= 0 && to >= 0 ? shareOfWay(positions, joint, from, to) : 0;
    give(joint, joint === rest[0] || share < CHEST_FROM ? 'spine' : share < UPPER_CHEST_FROM ? 'chest' : 'upperChest');
  }
}

function shareOfWay(positions: Float32Array, joint: number, from: number, to: number): number {
  let along = 0;
  let length = 0;
  for (let a = 0; a < 3; a++) {
    const way = positions[3 * to + a] - positions[3 * from + a];
    along += way * (positions[3 * joint + a] - positions[3 * from + a]);
    length += way * way;
  }
  return along / (length || 1);
}

/** Whether limbs begin where they should: with an upper arm or leg, on both sides. */
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
