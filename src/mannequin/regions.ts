import { BONE_COUNT, type BoneName, boneNames } from './mannequin.ts';

/**
 * The parts of the body that garments, occlusion and skin weights distinguish. A twist bone belongs to the region of
 * its limb.
 */
export type BodyRegion =
  | 'trunk'
  | 'neck'
  | 'head'
  | 'clavicle'
  | 'upperArm'
  | 'forearm'
  | 'hand'
  | 'thigh'
  | 'calf'
  | 'foot'
  | 'toes';

/** Left or right as the body itself sees it, not in the picture; `middle` for trunk, neck and head. */
type BodySide = 'left' | 'right' | 'middle';

interface BoneRegion {
  region: BodyRegion;
  side: BodySide;
}

/** Regions that move with a shoulder joint. The clavicle is not one of them: it moves that joint. */
export const armRegions: readonly BodyRegion[] = ['upperArm', 'forearm', 'hand'];
/** Regions that move with a hip joint. */
export const legRegions: readonly BodyRegion[] = ['thigh', 'calf', 'foot', 'toes'];

const regionByBone: Record<BoneName, readonly [BodyRegion, BodySide]> = {
  hips: ['trunk', 'middle'],
  spine: ['trunk', 'middle'],
  chest: ['trunk', 'middle'],
  upperChest: ['trunk', 'middle'],
  neck: ['neck', 'middle'],
  head: ['head', 'middle'],
  leftShoulder: ['clavicle', 'left'],
  leftUpperArm: ['upperArm', 'left'],
  leftUpperArmTwist: ['upperArm', 'left'],
  leftLowerArm: ['forearm', 'left'],
  leftLowerArmTwist: ['forearm', 'left'],
  leftHand: ['hand', 'left'],
  rightShoulder: ['clavicle', 'right'],
  rightUpperArm: ['upperArm', 'right'],
  rightUpperArmTwist: ['upperArm', 'right'],
  rightLowerArm: ['forearm', 'right'],
  rightLowerArmTwist: ['forearm', 'right'],
  rightHand: ['hand', 'right'],
  leftUpperLeg: ['thigh', 'left'],
  leftUpperLegTwist: ['thigh', 'left'],
  leftLowerLeg: ['calf', 'left'],
  leftFoot: ['foot', 'left'],
  leftToes: ['toes', 'left'],
  rightUpperLeg: ['thigh', 'right'],
  rightUpperLegTwist: ['thigh', 'right'],
  rightLowerLeg: ['calf', 'right'],
  rightFoot: ['foot', 'right'],
  rightToes: ['toes', 'right'],
};

/** Region and side of each bone, by index into `boneNames`. */
export const regions: readonly BoneRegion[] = boneNames.map((name) => {
  const [region, side] = regionByBone[name];
  return { region, side };
});

/**
 * Returns for each bone, by index into `boneNames`, whether its region is one of `wanted`. If `side` is given, the bone
 * must be on that side too.
 */
export function isBoneIn(wanted: readonly BodyRegion[], side?: BodySide): readonly boolean[] {
  return regions.map((bone) => wanted.includes(bone.region) && (side === undefined || bone.side === side));
}

/**
 * Returns one number for each bone, by index into `boneNames`: `left` or `right`, by its side, for a bone whose region
 * is one of `wanted`, and `none` for every other bone and for bones in the middle. The caller chooses the three
 * numbers, integers from −128 to 127.
 */
export function codeSides(
  wanted: readonly BodyRegion[],
  { left, right, none }: { left: number; right: number; none: number },
): Int8Array {
  const codes = new Int8Array(BONE_COUNT).fill(none);
  regions.forEach(({ region, side }, bone) => {
    if (wanted.includes(region) && side !== 'middle') codes[bone] = side === 'left' ? left : right;
  });
  return codes;
}
