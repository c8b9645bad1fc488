import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, legRegions, regions } from '../mannequin/regions.ts';
import { createRing } from './create-ring.ts';
import { mainBones } from './cut-ring.ts';
import { NECK_LEVEL } from './girth-levels.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Number of points that are kept of each ring: enough for its width to a millimetre. */
const POINTS = 40;
/** Levels of the trunk, from below the seat to the armpits: 0 is the height of the hip joints, 1 of the upper chest. */
const LOWEST_LEVEL = -0.22;
const HIGHEST_LEVEL = 0.86;
/** Number of levels of the trunk. */
const TRUNK_RINGS = 16;
/** Each limb's ring, as share of the way between two joints. */
const LIMBS = [
  ['leftUpperArm', 'leftLowerArm', 0.55],
  ['rightUpperArm', 'rightLowerArm', 0.55],
  ['leftLowerArm', 'leftHand', 0.3],
  ['rightLowerArm', 'rightHand', 0.3],
  ['leftUpperLeg', 'leftLowerLeg', 0.45],
  ['rightUpperLeg', 'rightLowerLeg', 0.45],
  ['leftLowerLeg', 'leftFoot', 0.3],
  ['rightLowerLeg', 'rightFoot', 0.3],
] as const;

/** Cuts the rings whose outline shows a body's shape: the trunk's levels from below, the neck, and the limbs. */
export function createOutlineRings(mannequin: Mannequin): OutlineRing[] {
  const bones = mainBones(mannequin);
  const joint = (bone: number): number[] => [...mannequin.joints.subarray(3 * bone, 3 * bone + 3)];
  const create = (
    part: OutlineRing['part'],
    { from, to, level, normal }: { from: number; to: number; level: number; normal: readonly number[] },
    isWanted: (bone: number) => boolean,
  ): OutlineRing => {
    const start = joint(from);
    const end = joint(to);
    const origin = start.map((value, axis) => value + level * (end[axis] - value));
    if (part === 'trunk') origin[0] = 0;
    return createRing(mannequin, { part, level, from, to, plane: { origin, normal }, points: POINTS }, (v) =>
      isWanted(bones[v]),
    );
  };
  const trunkRegions = ['trunk', 'neck', 'clavicle', 'thigh'];
  const rings = Array.from({ length: TRUNK_RINGS }, (_, i) => {
    const level = LOWEST_LEVEL + ((HIGHEST_LEVEL - LOWEST_LEVEL) * i) / (TRUNK_RINGS - 1);
    return create(
      'trunk',
      { from: boneIndex.leftUpperLeg, to: boneIndex.upperChest, level, normal: [0, 1, 0] },
      (bone) => trunkRegions.includes(regions[bone].region),
    );
  });
  rings.push(
    create(
      'neck',
      { from: boneIndex.neck, to: boneIndex.head, level: NECK_LEVEL, normal: [0, 1, 0] },
      (bone) => regions[bone].region !== 'upperArm',
    ),
  );
  for (const [from, to, level] of LIMBS) {
    const start = joint(boneIndex[from]);
    const direction = joint(boneIndex[to]).map((value, axis) => value - start[axis]);
    const length = Math.hypot(...direction);
    const { side, region } = regions[boneIndex[from]];
    const limb = armRegions.includes(region) ? armRegions : legRegions;
    rings.push(
      create(
        'limb',
        { from: boneIndex[from], to: boneIndex[to], level, normal: direction.map((value) => value / length) },
        (bone) => regions[bone].side === side && limb.includes(regions[bone].region),
      ),
    );
  }
  return rings;
}
