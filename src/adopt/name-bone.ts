import { type BoneName, boneIndex } from '../mannequin/mannequin.ts';

/** What a joint's name says: which bone of the body, and whether it only turns with it. */
export interface NamedBone {
  bone: BoneName;
  /** A helper along the bone (`upperarm_twist_01_l`), not where it begins. */
  twist: boolean;
  /** By VRM's own name, which needs no second look; another rig's spine is told apart by where its joints lie. */
  exact: boolean;
}

/** Bones of the middle, by what other makers call them, letters only. */
const middle: Record<string, BoneName> = {
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

/** Bones of a side, likewise; a pelvis that has a left and a right half is the hips. */
const sided: Record<string, string> = {
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
 * The bone that a joint's name means: VRM, Mixamo (`mixamorig:LeftForeArm`), Unreal (`upperarm_twist_01_l`), Rigify
 * (`DEF-thigh.L.001`), MakeHuman (`upperarm01.L`) and their like, also after a loader has taken out dots and colons. Null
 * for whatever is no bone of the mannequin (fingers, jaws, ends). Of a chain of one name (`spine05`, `upperarm02`) every
 * joint gets the same answer: which is which is told by the skeleton.
 */
export function nameBone(name: string): NamedBone | null {
  if (Object.hasOwn(boneIndex, name)) return { bone: name as BoneName, twist: false, exact: true };
  const plain = name.replace(/^.*[:|]/, '').replace(/^(mixamorig\d*|DEF[-_ ]?|Bip\d+[ _]?|CC_Base_)/, '');
  const { side, rest } = takeSide(plain);
  const letters = rest.toLowerCase().replace(/[^a-z]/g, '');
  const twist = letters.includes('twist');
  const word = letters.replace(/twist|bone/g, '');
  if (side === null) return Object.hasOwn(middle, word) ? { bone: middle[word], twist, exact: false } : null;
  if (word === 'pelvis' || word === 'hip') return { bone: 'hips', twist, exact: false };
  return Object.hasOwn(sided, word) ? { bone: `${side}${sided[word]}` as BoneName, twist, exact: false } : null;
}

/** Takes `Left`, `.L`, `_l`, `L_` and the like from a name: at either end, before numbers too (`upper_arm.L.001`). */
function takeSide(name: string): { side: 'left' | 'right' | null; rest: string } {
  const found =
    /^(left|right)[-_. ]?(.*)$/i.exec(name) ??
    /^(l|r)[-_. ](.*)$/i.exec(name) ??
    flip(/^(.*?)[-_. ]?(left|right)([-_. ]?\d+)?$/i.exec(name)) ??
    flip(/^(.*?)[-_. ](l|r)([-_. ]?\d+)?$/i.exec(name)) ??
    // `upper_armL001`: a dot lost. Only a capital, or half of all words would have a side.
    flip(/^(.*[a-z0-9])(L|R)(\d*)$/.exec(name));
  return found
    ? { side: found[1].toLowerCase().startsWith('l') ? 'left' : 'right', rest: found[2] }
    : { side: null, rest: name };
}

function flip(found: RegExpExecArray | null): string[] | null {
  return found && [found[0], found[2], found[1]];
}
