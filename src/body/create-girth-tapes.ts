/**
 * Tapes around the mannequin (the body model), for its girths in any shape (any morph weights). Metres, model space: +x
 * to the body's left, +y up, +z forward.
 *
 * 1. `createGirthTapes` cuts the base body at the levels of `girthNames`: rings of points of the skin, which each morph
 *    moves linearly.
 * 2. `measureGirth` moves the points of a tape by the morph weights. The girth is the length of a tight tape: the
 *    perimeter of the points' convex hull in the plane of the cut.
 * 3. The perimeter's slopes by the morph weights follow from how each morph moves the hull's corners.
 */
import { type BoneName, boneIndex, type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { armRegions, type BodyRegion, isBoneIn, legRegions } from '../mannequin/regions.ts';
import { convexHull } from '../math/convex-hull.ts';
import { atRingPoint, cutRing, mainBones, type RingPlane } from './cut-ring.ts';
import {
  type GirthName,
  LEVEL_TRUNK_METRES,
  NECK_LEVEL,
  THIGH_LEVEL,
  TRUNK_LEVELS,
  UPPER_ARM_LEVELS,
} from './girth-levels.ts';

/** The points of one cut in the coordinates of its plane: (x, y) by (x, y), metres. */
interface FlatRing {
  /** Points of the base body (all morph weights 0). */
  points: Float64Array;
  /** By morph, the points' displacements at a weight of 1. */
  displacements: readonly Float64Array[];
}

/** Where a girth is taken: the cuts of which the largest counts. */
export type GirthTape = readonly FlatRing[];

/** Regions of the body in a cut through the trunk, and in one through the neck. */
const trunkRegions: readonly BodyRegion[] = ['trunk', 'neck', 'clavicle', 'thigh'];
const neckRegions: readonly BodyRegion[] = ['trunk', 'neck', 'head', 'clavicle'];

type Vector = readonly [number, number, number];

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** Returns unit vectors x and y in the plane across a unit vector. */
function axesAcross([nx, ny, nz]: Vector): [Vector, Vector] {
  const length = Math.hypot(ny, nz) || 1;
  const x: Vector = [length, (-nx * ny) / length, (-nx * nz) / length];
  return [x, [0, nz / length, -ny / length]];
}

/** Cuts the tapes of all girths from the mannequin in its rest pose. */
export function createGirthTapes(mannequin: Mannequin): Record<GirthName, GirthTape> {
  const bones = mainBones(mannequin);
  const joint = (bone: BoneName): Vector => {
    const first = 3 * boneIndex[bone];
    return [mannequin.joints[first], mannequin.joints[first + 1], mannequin.joints[first + 2]];
  };
  const cut = ({ origin, normal }: RingPlane & { normal: Vector }, isWanted: (vertex: number) => boolean): FlatRing => {
    const ring = cutRing(mannequin, { origin, normal }, isWanted);
    const axes = axesAcross(normal);
    const flatten = (values: ArrayLike<number>): Float64Array =>
      Float64Array.from(
        ring.flatMap((point) => {
          const [x, y, z] = [0, 1, 2].map((axis) => atRingPoint(values, point, axis));
          return axes.map((direction) => dot(direction, [x, y, z]));
        }),
      );
    return {
      points: flatten(mannequin.positions),
      displacements: mannequin.morphs.map(({ positions }) => flatten(positions)),
    };
  };
  /** A tape around the body at height y. */
  const level = (y: number, isWanted: (vertex: number) => boolean): GirthTape => [
    cut({ origin: [0, y, 0], normal: [0, 1, 0] }, isWanted),
  ];
  /** A cut across the line between two joints, at a share (0..1) of the way. */
  const across = (from: BoneName, to: BoneName, share: number, isWanted: (vertex: number) => boolean): FlatRing => {
    const start = joint(from);
    const span = joint(to).map((end, axis) => end - start[axis]);
    const length = Math.hypot(...span);
    const [x, y, z] = span.map((distance) => distance / length);
    return cut({ origin: start.map((value, axis) => value + share * span[axis]), normal: [x, y, z] }, isWanted);
  };
  const isTrunk = isBoneIn(trunkRegions);
  const isNeck = isBoneIn(neckRegions);
  const isArm = isBoneIn(armRegions, 'left');
  const isLeg = isBoneIn(legRegions, 'left');
  const hip = joint('leftUpperLeg')[1];
  const trunk = (name: keyof typeof TRUNK_LEVELS): GirthTape => {
    const share = TRUNK_LEVELS[name];
    const length = share < 0 ? LEVEL_TRUNK_METRES : joint('upperChest')[1] - hip;
    return level(hip + share * length, (v) => isTrunk[bones[v]]);
  };
  return {
    neck: [across('neck', 'head', NECK_LEVEL, (v) => isNeck[bones[v]])],
    chest: trunk('chest'),
    underBust: trunk('underBust'),
    waist: trunk('waist'),
    hip: trunk('hip'),
    thigh: level(
      hip + THIGH_LEVEL * (joint('leftLowerLeg')[1] - hip),
      (v) => isLeg[bones[v]] || (isTrunk[bones[v]] && mannequin.positions[3 * v] > 0),
    ),
    upperArm: UPPER_ARM_LEVELS.map((share) => across('leftUpperArm', 'leftLowerArm', share, (v) => isArm[bones[v]])),
  };
}

/**
 * Returns a girth in the shape of the morph weights `shape` (MORPH_COUNT), metres. Writes its slopes to `slopes`
 * (MORPH_COUNT), metres to a morph weight of 1.
 */
export function measureGirth(tape: GirthTape, shape: ArrayLike<number>, slopes: Float64Array): number {
  let largest = 0;
  for (const { points, displacements } of tape) {
    const moved = points.slice();
    displacements.forEach((displacement, m) => {
      for (let i = 0; i < moved.length; i++) moved[i] += shape[m] * displacement[i];
    });
    const flat = Array.from({ length: moved.length / 2 }, (_, i) => [moved[2 * i], moved[2 * i + 1]] as const);
    const hull = convexHull(flat);
    const sides = hull.map((from, i) => {
      const to = hull[(i + 1) % hull.length];
      const [x, y] = [flat[to][0] - flat[from][0], flat[to][1] - flat[from][1]];
      return { from, to, x, y, length: Math.hypot(x, y) };
    });
    const girth = sides.reduce((sum, { length }) => sum + length, 0);
    if (girth <= largest) continue;
    largest = girth;
    for (let m = 0; m < MORPH_COUNT; m++) {
      const d = displacements[m];
      slopes[m] = sides.reduce(
        (sum, { from, to, x, y, length }) =>
          sum + (x * (d[2 * to] - d[2 * from]) + y * (d[2 * to + 1] - d[2 * from + 1])) / length,
        0,
      );
    }
  }
  return largest;
}
