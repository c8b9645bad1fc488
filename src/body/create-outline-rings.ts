import { boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { armRegions, legRegions, regions } from '../mannequin/regions.ts';
import { atRingPoint, cutRing, mainBones, type RingPlane, type RingPoint } from './cut-ring.ts';
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

/** Returns at most POINTS of a ring's points, evenly spread by their number in the order of their angle. */
function thinOut(ring: RingPoint[], mannequin: Mannequin, { origin, normal: [nx, ny] }: RingPlane): RingPoint[] {
  const angleOf = (point: RingPoint): number => {
    const [x, y, z] = [0, 1, 2].map((axis) => atRingPoint(mannequin.positions, point, axis) - origin[axis]);
    // The angle in the plane, from any two axes across the normal.
    return Math.atan2(z, x * ny - y * nx);
  };
  ring.sort((p, q) => angleOf(p) - angleOf(q));
  const step = Math.max(1, ring.length / POINTS);
  return Array.from({ length: Math.min(POINTS, ring.length) }, (_, i) => ring[Math.floor(i * step)]);
}

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
    const plane = { origin, normal };
    const points = thinOut(
      cutRing(mannequin, plane, (v) => isWanted(bones[v])),
      mannequin,
      plane,
    );
    const count = points.length;
    const positions = new Float32Array(3 * count);
    const displacements = new Float32Array(MORPH_COUNT * 3 * count);
    const skinIndices = new Uint16Array(4 * count);
    const skinWeights = new Float32Array(4 * count);
    points.forEach((point, i) => {
      const nearest = point.t < 0.5 ? point.a : point.b;
      skinIndices.set(mannequin.skinIndices.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
      skinWeights.set(mannequin.skinWeights.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
      for (let axis = 0; axis < 3; axis++) {
        positions[3 * i + axis] = atRingPoint(mannequin.positions, point, axis);
        mannequin.morphs.forEach((morph, m) => {
          displacements[3 * (m * count + i) + axis] = atRingPoint(morph.positions, point, axis);
        });
      }
    });
    return {
      part,
      level,
      from,
      to,
      count,
      positions,
      displacements,
      skinIndices,
      skinWeights,
      posed: new Float32Array(3 * count),
    };
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
