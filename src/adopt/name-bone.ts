import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';

/** What the name of a joint says. */
export interface NamedBone {
  bone: BoneName;
  /** Whether the joint is a helper along the bone (`upperarm_twist_01_l`), not where the bone begins. */
  isTwist: boolean;
  /**
   * Whether the name is VRM's own, which says exactly which bone it is. Names of a spine by other conventions do not.
   */
  isVrm: boolean;
}

/** Bones without a side, by names in other conventions, letters only. */
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

/** Bones with a side, likewise. */
const sidedBones: Record<string, string> = {
  shoulder: 'Shoulder',
  clavicle: 'Shoulder',
  collar: 'Shoulder',
  collarbone: 'Shoulder',
  arm: 'UpperArm',
  upperarm: 'UpperArm',
  uparm: 'UpperArm',
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
 * Reads which bone of the mannequin the name of a joint means. Knows the conventions of VRM, Mixamo
 * (`mixamorig:LeftForeArm`), Unreal (`upperarm_twist_01_l`), Rigify (`DEF-thigh.L.001`), MakeHuman (`upperarm01.L`) and
 * similar ones, also after a loader has removed dots and colons. Null for names of other bones (fingers, jaws, ends).
 * All joints of a chain of one name (`spine05`, `upperarm02`) give the same bone: `findBones` tells them apart.
 */
export function nameBone(name: string): NamedBone | null {
  if (Object.hasOwn(boneIndex, name)) return { bone: name as BoneName, isTwist: false, isVrm: true };
  const plain = name.replace(/^.*[:|]/, '').replace(/^(mixamorig\d*|DEF[-_ ]?|Bip\d+[ _]?|CC_Base_)/, '');
  const { side, rest } = splitSide(plain);
  const letters = rest.toLowerCase().replace(/[^a-z]/g, '');
  const isTwist = letters.includes('twist');
  const word = letters.replace(/twist|bone/g, '');
  // Left and right half of a pelvis are the hips.
  const bone =
    side === null ? middleBones[word] : word === 'pelvis' || word === 'hip' ? 'hips' : `${side}${sidedBones[word]}`;
  return Object.hasOwn(boneIndex, bone ?? '') ? { bone: bone as BoneName, isTwist, isVrm: false } : null;
}

/** Splits `Left`, `.L`, `_l`, `L_` and the like off a name, at either end, also before numbers (`upper_arm.L.001`). */
function splitSide(name: string): { side: 'left' | 'right' | null; rest: string } {
  const found =
    /^(left|right)[-_. ]?(.*)$/i.exec(name) ??
    /^(l|r)[-_. ](.*)$/i.exec(name) ??
    flip(/^(.*?)[-_. ]?(left|right)([-_. ]?\d+)?$/i.exec(name)) ??
    flip(/^(.*?)[-_. ](l|r)([-_. ]?\d+)?$/i.exec(name)) ??
    // `upper_armL001`: the dot was removed. Only capitals count, since many words end in l or r.
    flip(/^(.*[a-z0-9])(L|R)(\d*)$/.exec(name));
  return found
    ? { side: found[1].toLowerCase().startsWith('l') ? 'left' : 'right', rest: found[2] }
    : { side: null, rest: name };
}

/** Puts the side, the second group, first. */
function flip(found: RegExpExecArray | null): string[] | null {
  return found && [found[0], found[2], found[1]];
}
