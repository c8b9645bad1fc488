import { boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, legRegions, regions } from '../mannequin/regions.ts';
import { createRing } from './create-ring.ts';
import { mainBones } from './cut-ring.ts';
import { NARROWEST_NECK_LEVEL } from './girth-levels.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Number of points that are kept of each ring: enough for its width to a millimetre. */
const POINTS = 40;
/** Levels of the trunk, from below the seat to the armpits: 0 is the height of the hip joints, 1 of the upper chest. */
const LOWEST_LEVEL = -0.22;
const HIGHEST_LEVEL = 0.86;
/** Number of levels of the trunk. */
const TRUNK_RINGS = 16;
/**
 * Each limb's rings, as shares of the way between two joints: one that shows the girth, and for all but the shins one
 * near the lower joint, whose middle tells where that joint is.
 */
const LIMBS = [
  { from: 'UpperArm', to: 'LowerArm', girth: 0.55, joint: 0.85 },
  { from: 'LowerArm', to: 'Hand', girth: 0.3, joint: 0.7 },
  { from: 'UpperLeg', to: 'LowerLeg', girth: 0.45, joint: 0.85 },
  { from: 'LowerLeg', to: 'Foot', girth: 0.3, joint: null },
] as const;

/**
 * Cuts the rings (lines around a part of the mannequin's skin, model space, metres) whose outline in a picture shows a
 * body's shape: the trunk's levels from below, the neck, and the limbs.
 */
export function createOutlineRings(mannequin: Mannequin): OutlineRing[] {
  const bones = mainBones(mannequin);
  const joint = (bone: number): number[] => [...mannequin.joints.subarray(3 * bone, 3 * bone + 3)];
  const create = (
    part: OutlineRing['part'],
    {
      from,
      to,
      level,
      normal,
      showsGirth,
    }: Pick<OutlineRing, 'from' | 'to' | 'level'> & { normal: readonly number[]; showsGirth?: boolean },
    isWanted: (bone: number) => boolean,
  ): OutlineRing => {
    const start = joint(from);
    const end = joint(to);
    const origin = start.map((value, axis) => value + level * (end[axis] - value));
    if (part === 'trunk') origin[0] = 0;
    return createRing(
      mannequin,
      { part, level, from, to, plane: { origin, normal }, points: POINTS, showsGirth },
      (v) => isWanted(bones[v]),
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
  // The mask shows the neck where it is narrowest (`lookAtOutline`): at the girth's place the mannequin's is broader.
  rings.push(
    create(
      'neck',
      { from: boneIndex.neck, to: boneIndex.head, level: NARROWEST_NECK_LEVEL, normal: [0, 1, 0] },
      (bone) => regions[bone].region !== 'upperArm',
    ),
  );
  for (const limb of LIMBS) {
    for (const side of ['left', 'right'] as const) {
      const from = boneIndex[`${side}${limb.from}`];
      const to = boneIndex[`${side}${limb.to}`];
      const start = joint(from);
      const direction = joint(to).map((value, axis) => value - start[axis]);
      const length = Math.hypot(...direction);
      const normal = direction.map((value) => value / length);
      const limbRegions = armRegions.includes(regions[from].region) ? armRegions : legRegions;
      const isWanted = (bone: number): boolean =>
        regions[bone].side === side && limbRegions.includes(regions[bone].region);
      rings.push(create('limb', { from, to, level: limb.girth, normal }, isWanted));
      if (limb.joint !== null)
        rings.push(create('limb', { from, to, level: limb.joint, normal, showsGirth: false }, isWanted));
    }
  }
  return rings;
}
