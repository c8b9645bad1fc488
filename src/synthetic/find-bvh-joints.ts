/**
 * Finds the mannequin's bones among the joints of a BVH (Biovision Hierarchy) file by the joints' names.
 *
 * 1. Strip prefixes (`mixamorig:`), blanks and separators from the joints' names; compare in lower case.
 * 2. For each bone try a list of usual names in order; the joint with the first name that the file has is the bone's.
 * 3. Where two bones have the same joint, only one of them keeps it.
 */
import { type BoneName, boneIndex, boneNames } from '../mannequin/mannequin.ts';
import { regions } from '../mannequin/regions.ts';

/** Names for the joints of trunk and head, in the order in which they are tried. */
const trunkNames: Partial<Record<BoneName, readonly string[]>> = {
  hips: ['hips', 'pelvis', 'hip', 'root'],
  spine: ['lowerback', 'spine', 'abdomen', 'chest'],
  chest: ['spine1', 'chest', 'spine2'],
  upperChest: ['spine3', 'chest2', 'upperchest', 'spine2', 'spine1', 'chest'],
  neck: ['neck', 'lowerneck', 'neck1'],
  head: ['head'],
};

/**
 * Names for the joints of limbs, without their side, in the order in which they are tried. “shoulder” names the arm's
 * joint in files that have a collar too, and “hip” the leg's joint in files that have a knee.
 */
const limbNames: Readonly<Record<string, readonly string[]>> = {
  Shoulder: ['collar', 'clavicle', 'shoulder'],
  UpperArm: ['upperarm', 'arm', 'uparm', 'shoulder'],
  LowerArm: ['lowerarm', 'forearm', 'elbow'],
  // In a file that has “LeftWrist” and “lhand”, both are at the same place.
  Hand: ['wrist', 'hand'],
  UpperLeg: ['upperleg', 'upleg', 'thigh', 'hip'],
  LowerLeg: ['lowerleg', 'leg', 'shin', 'knee'],
  Foot: ['foot', 'ankle'],
  Toes: ['toebase', 'toe', 'toes'],
};

/**
 * Pairs of bones that may have the same joint. The first of a pair keeps it: for example, a file's only joint of the
 * spine is that of the lowest bone.
 */
const rivals: readonly (readonly [keeps: BoneName, loses: BoneName])[] = [
  ['leftUpperArm', 'leftShoulder'],
  ['rightUpperArm', 'rightShoulder'],
  ['spine', 'chest'],
  ['chest', 'upperChest'],
  ['spine', 'upperChest'],
];

/** Bones that every file must have. */
const neededBones: readonly BoneName[] = [
  'hips',
  'leftUpperArm',
  'leftLowerArm',
  'leftHand',
  'rightUpperArm',
  'rightLowerArm',
  'rightHand',
  'leftUpperLeg',
  'leftLowerLeg',
  'leftFoot',
  'rightUpperLeg',
  'rightLowerLeg',
  'rightFoot',
];

/**
 * Finds the joint of each bone. Takes the names of the file's joints, in the file's order. Returns for each bone, by
 * index into `boneNames`, the index of its joint in `jointNames`, or −1 if the file has no joint for it. Throws
 * `TypeError` if the hips or a joint of a limb is missing; collar bones, toes, twist bones, spine and head may be.
 */
export function findBvhJoints(jointNames: readonly string[]): number[] {
  const names = jointNames.map((name) =>
    name
      .replace(/^.*:/, '')
      .replace(/[\s_.-]/g, '')
      .toLowerCase(),
  );
  const jointOfBone = boneNames.map((bone) => {
    const candidates = trunkNames[bone] ?? listLimbNames(bone);
    return candidates.map((name) => names.indexOf(name)).find((joint) => joint >= 0) ?? -1;
  });
  for (const [keeps, loses] of rivals)
    if (jointOfBone[boneIndex[keeps]] === jointOfBone[boneIndex[loses]]) jointOfBone[boneIndex[loses]] = -1;
  const missing = neededBones.filter((bone) => jointOfBone[boneIndex[bone]] < 0);
  if (missing.length > 0) throw new TypeError(`BVH: none of the joints' names means ${missing.join(', ')}.`);
  return jointOfBone;
}

/**
 * Lists the joint names to try for a limb's bone, with its side: “leftarm” and “larm” for the left upper arm. The list
 * is empty for twist bones.
 */
function listLimbNames(bone: BoneName): string[] {
  const { side } = regions[boneIndex[bone]];
  const names = limbNames[bone.slice(side.length)] ?? [];
  return names.flatMap((name) => [side + name, side[0] + name]);
}
