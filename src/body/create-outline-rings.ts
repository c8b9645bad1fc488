import { boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { armRegions, legRegions, regions } from '../mannequin/regions.ts';
import type { OutlineRing } from './outline-ring.ts';

/** Number of points that are kept of each ring: enough for its width to a millimetre. */
const POINTS = 40;
/** Levels of the trunk, from below the seat to the armpits: 0 is the height of the hip joints, 1 of the upper chest. */
const LOWEST_LEVEL = -0.22;
const HIGHEST_LEVEL = 0.86;
/** Number of levels of the trunk. */
export const TRUNK_RINGS = 16;
/** Level of the neck between the joints of neck and head. */
const NECK_LEVEL = 0.45;
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

/** Returns the bone with the largest skin weight of a vertex. */
function mainBone({ skinIndices, skinWeights }: Mannequin, vertex: number): number {
  let best = 4 * vertex;
  for (let i = best + 1; i < 4 * vertex + 4; i++) if (skinWeights[i] > skinWeights[best]) best = i;
  return skinIndices[best];
}

/** Cuts the base body's surface by a plane through `origin` across `normal`, along the edges that `isWanted` allows. */
function cutRing(
  mannequin: Mannequin,
  plane: { origin: readonly number[]; normal: readonly number[] },
  isWanted: (vertex: number) => boolean,
): { a: number; b: number; t: number }[] {
  const { positions, indices } = mannequin;
  const height = (v: number): number =>
    plane.normal.reduce((sum, n, axis) => sum + n * (positions[3 * v + axis] - plane.origin[axis]), 0);
  const crossings = new Map<number, { a: number; b: number; t: number }>();
  for (let i = 0; i < indices.length; i++) {
    const a = indices[i];
    const b = indices[i % 3 === 2 ? i - 2 : i + 1];
    // Each edge belongs to two triangles, once in each direction.
    if (a > b || !isWanted(a) || !isWanted(b)) continue;
    const ha = height(a);
    const hb = height(b);
    if (ha < 0 === hb < 0) continue;
    crossings.set(a * positions.length + b, { a, b, t: ha / (ha - hb) });
  }
  const all = [...crossings.values()];
  const step = Math.max(1, all.length / POINTS);
  const angleOf = ({ a, b, t }: { a: number; b: number; t: number }): number => {
    const [x, y, z] = [0, 1, 2].map(
      (axis) => positions[3 * a + axis] * (1 - t) + positions[3 * b + axis] * t - plane.origin[axis],
    );
    // The angle in the plane, from any two axes across the normal.
    const [nx, ny] = plane.normal;
    return Math.atan2(z, x * ny - y * nx);
  };
  all.sort((p, q) => angleOf(p) - angleOf(q));
  return Array.from({ length: Math.min(POINTS, all.length) }, (_, i) => all[Math.floor(i * step)]);
}

/** Cuts the rings whose outline shows a body's shape: the trunk's levels from below, the neck, and the limbs. */
export function createOutlineRings(mannequin: Mannequin): OutlineRing[] {
  const bones = Array.from({ length: mannequin.positions.length / 3 }, (_, v) => mainBone(mannequin, v));
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
    const points = cutRing(mannequin, { origin, normal }, (v) => isWanted(bones[v]));
    const count = points.length;
    const positions = new Float32Array(3 * count);
    const displacements = new Float32Array(MORPH_COUNT * 3 * count);
    const skinIndices = new Uint16Array(4 * count);
    const skinWeights = new Float32Array(4 * count);
    points.forEach(({ a, b, t }, i) => {
      const nearest = t < 0.5 ? a : b;
      skinIndices.set(mannequin.skinIndices.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
      skinWeights.set(mannequin.skinWeights.subarray(4 * nearest, 4 * nearest + 4), 4 * i);
      for (let axis = 0; axis < 3; axis++) {
        const mix = (values: ArrayLike<number>): number => values[3 * a + axis] * (1 - t) + values[3 * b + axis] * t;
        positions[3 * i + axis] = mix(mannequin.positions);
        mannequin.morphs.forEach((morph, m) => {
          displacements[3 * (m * count + i) + axis] = mix(morph.positions);
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
