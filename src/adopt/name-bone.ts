import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';

/** The bone that the name of a joint means. */
export interface NamedBone {
  bone: BoneName;
  /** Whether the joint is a twist joint along the bone (`upperarm_twist_01_l`), not the joint at which it begins. */
  isTwist: boolean;
  /**
   * Whether the name is VRM's, which identifies the bone exactly. In other conventions the names of spine joints do
   * not: all of them give `spine`.
   */
  isVrm: boolean;
}

/** Bones without a side: name in a convention other than VRM's, lower case, letters only → bone. */
const middleBones: Record<string, BoneName> = {
  hips: 'hips',
  hip: 'hips',
  pelvis: 'hips',
  spine: 'spine',
  abdomen: 'spine',
  torso: 'spine',
  chest: 'spine',
  upperchest: 'spine',
  ribcage: 'spine',
  neck: 'neck',
  head: 'head',
};

/** Bones with a side: name without its side, lower case, letters only → bone without its side. */
const sidedBones: Record<string, string> = {
  shoulder: 'Shoulder',
  clavicle: 'Shoulder',
  collar: 'Shoulder',
  collarbone: 'Shoulder',
  arm: 'UpperArm',
  upperarm: 'UpperArm',
  uparm: 'UpperArm',
  shldr: 'UpperArm',
  forearm: 'LowerArm',
  lowerarm: 'LowerArm',
  elbow: 'LowerArm',
  hand: 'Hand',
  wrist: 'Hand',
  upleg: 'UpperLeg',
  upperleg: 'UpperLeg',
  thigh: 'UpperLeg',
  leg: 'LowerLeg',
  lowerleg: 'LowerLeg',
  calf: 'LowerLeg',
  shin: 'LowerLeg',
  knee: 'LowerLeg',
  foot: 'Foot',
  ankle: 'Foot',
  toe: 'Toes',
  toes: 'Toes',
  toebase: 'Toes',
  ball: 'Toes',
};

/**
 * Returns the bone of the mannequin (the body model) that the name of a joint in a garment file means; null for names
 * of other bones (fingers, jaws, ends).
 *
 * It knows the conventions of VRM, Mixamo (`mixamorig:LeftForeArm`), Unreal (`upperarm_twist_01_l`), Rigify
 * (`DEF-thigh.L.001`), MakeHuman (`upperarm01.L`), DAZ (`lShldrBend`) and similar ones, also after a loader has removed
 * dots and colons. `findBones` removes a prefix that the joints of a rig share.
 * Numbers are ignored, so all joints of one chain (`spine05`, `upperarm02`) give the same bone; `findBones` then
 * distinguishes them by their positions in the skeleton.
 *
 * @param name As in the file, in any case.
 */
export function nameBone(name: string): NamedBone | null {
  if (Object.hasOwn(boneIndex, name)) return { bone: name as BoneName, isTwist: false, isVrm: true };
  const plain = name
    .replace(/^.*[:|]/, '')
    .replace(/^(mixamorig\d*|DEF[-_ ]?|Bip\d+[ _]?|CC_Base_)/, '')
    .replace(/^[CM][-_. ]/i, '');
  const { side, rest } = splitSide(plain);
  const letters = rest.toLowerCase().replace(/[^a-z]/g, '');
  const isTwist = letters.includes('twist');
  const word = letters.replace(/twist|bend|bone/g, '');
  // Left and right half of a pelvis are the hips. Some rigs divide abdomen, chest and neck in a lower and an upper one.
  const bone =
    side === null
      ? (middleBones[word] ?? middleBones[word.replace(/lower|upper/, '')])
      : word === 'pelvis' || word === 'hip'
        ? 'hips'
        : `${side}${sidedBones[word]}`;
  return Object.hasOwn(boneIndex, bone ?? '') ? { bone: bone as BoneName, isTwist, isVrm: false } : null;
}

/**
 * Splits a side (`Left`, `.L`, `_l`, `L_`) off the start or the end of a name, also before a number
 * (`upper_arm.L.001`). `side` is null and `rest` the whole name when there is none.
 */
function splitSide(name: string): { side: 'left' | 'right' | null; rest: string } {
  const found =
    /^(left|right)[-_. ]?(.*)$/i.exec(name) ??
    /^(l|r)[-_. ](.*)$/i.exec(name) ??
    // `lShldrBend`: only before a capital, since many words begin with l or r.
    /^(l|r)([A-Z].*)$/.exec(name) ??
    flip(/^(.*?)[-_. ]?(left|right)([-_. ]?\d+)?$/i.exec(name)) ??
    flip(/^(.*?)[-_. ](l|r)([-_. ]?\d+)?$/i.exec(name)) ??
    // `upper_armL001`: the dot was removed. Only capitals count, since many words end in l or r.
    flip(/^(.*[a-z0-9])(L|R)(\d*)$/.exec(name));
  return found
    ? { side: found[1].toLowerCase().startsWith('l') ? 'left' : 'right', rest: found[2] }
    : { side: null, rest: name };
}

/** Returns the whole match, its second group (the side) and its first group, in this order; null for no match. */
function flip(found: RegExpExecArray | null): string[] | null {
  return found && [found[0], found[2], found[1]];
}
