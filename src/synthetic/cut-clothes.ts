/**
 * Cuts the cloth of a wide top and wide trousers for a body in the rest pose. The cloth surrounds the body as a sewn
 * pattern does before it falls, so the sides of its triangles have the lengths to which they are cut.
 *
 * 1. Split the body into tubes: trunk and arms for the top, seat and legs for the trousers.
 * 2. Give each vertex of a tube cylinder coordinates: how far along the tube's axis, at which angle, at which radius.
 * 3. Find the cloth's radius by length and angle. The trunk of a top is straight, as wide as the body where it is
 *    widest, and has at least the wanted girth; other tubes narrow downwards.
 * 4. Move each vertex out to that radius, plus a gap. Smooth the displacements over the mesh, and stop the legs' cloth
 *    at the middle of the body.
 * 5. Cut the mesh at the edges of the clothes. Lengthen the top straight down to its hem, which passes the crotch.
 *
 * Model space: metres, +x to the body's left, +y up, +z forward.
 */
import { MathUtils } from 'three';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { clipMesh, type SkinnedSurface } from './clip-mesh.ts';
import { createClothesEdges } from './clothes-edges.ts';

/** Names of the pieces. */
export type ClothesPiece = 'top' | 'shorts';

/** A part of the body that cloth surrounds, along an axis from the joint of `from` to that of `to`. */
interface Tube {
  /** Whether the skin that follows a bone belongs to the tube, for each bone, by index into `boneNames`. */
  bones: readonly boolean[];
  from: BoneName;
  to: BoneName;
  /** Whether the axis is vertical and in the middle of the body, whatever the joints' x. */
  isCentred?: boolean;
  /** Smallest distance between skin and cloth where the cloth is fully wide, metres. */
  gapMetres: number;
  /** Distance along the axis over which the cloth becomes fully wide, metres. */
  widenMetres: number;
  /** Decrease of the cloth's radius per distance along the tube, metres per metre. */
  narrowing: number;
  /** Smallest girth of a straight tube, metres. Absent: the tube narrows. */
  girthMetres?: number;
}

type Vector = readonly [number, number, number];

/**
 * A sleeve is 10 cm wider than the arm, and so is a trouser leg at the thigh; both narrow to the wrist and the ankle:
 * wide trousers measure some 48 cm at the hem. At the seat trousers have 4 cm of ease, at the waistband none.
 */
const SLEEVE = { gapMetres: 0.016, widenMetres: 0.12, narrowing: 0.06 };
const LEG = { gapMetres: 0.016, widenMetres: 0.2, narrowing: 0.03 };
const SEAT = { gapMetres: 0.006, widenMetres: 0.2, narrowing: 0.06 };
/** A straight top is at least this far from the body where that is widest. */
const TRUNK = { gapMetres: 0.008, widenMetres: 0.16, narrowing: 0 };

/** Number of the grid's cells around a tube, and length of a cell along the tube's axis. */
const ANGLES = 32;
const STEP_METRES = 0.015;
/** Extent of the grid beyond the tube's two joints, metres. */
const BEFORE_METRES = 0.1;
const BEYOND_METRES = 0.35;
/** Distance along the tube from which the cloth is straight instead of following the body, metres. */
const STRAIGHT_FROM_METRES = 0.04;
/** Greatest distance between skin and the cloth of a narrowing tube, not counting the gap, metres. */
const MAX_FALL_METRES = 0.06;
/** A vertex widens the cloth if its skin weights on the tube's bones have at least this sum, 0..1. */
const MIN_SHARE = 0.5;
/** Number of times that each displacement is averaged with its neighbours'. */
const SMOOTH_ROUNDS = 8;
/** Distance of all cloth from the skin, metres. */
const CLOTH_METRES = 0.004;
/** The body's mesh is cut above the crotch, so far under the joint of the hips, metres; the hem is so far under the cut. */
const CUT_METRES = 0.06;
const HEM_METRES = 0.07;
/** Number of rows of triangles between the cut and the hem. */
const HEM_ROWS = 3;

const isArm = isBoneIn(armRegions);

/**
 * Cuts one piece of the clothes (steps above), in the rest pose of a body.
 *
 * @param mannequin its triangles and skin weights are those of the body; on it the edges are measured.
 * @param shape the body's vertices and joints, metres.
 * @param girthMetres girth of the top's trunk; a body that is wider somewhere gets a wider one.
 */
export function cutClothes(
  mannequin: Mannequin,
  shape: MannequinShape,
  piece: ClothesPiece,
  girthMetres: number,
): SkinnedSurface {
  const { positions: rest } = mannequin;
  const displacements = displace(mannequin, shape, tubesOf(piece, girthMetres));
  const positions = shape.positions.map((x, i) => x + CLOTH_METRES * shape.normals[i] + displacements[i]);
  const edge = createClothesEdges(mannequin, { isLong: true, hemMetres: CUT_METRES })[piece];
  const distances = new Float32Array(rest.length / 3).map((_, v) =>
    edge(Math.abs(rest[3 * v]), rest[3 * v + 1], rest[3 * v + 2]),
  );
  const surface = clipMesh(mannequin, positions, distances);
  if (piece === 'top') lengthen(surface, shape.joints[3 * boneIndex.hips + 1]);
  return surface;
}

/** Step 1. */
function tubesOf(piece: ClothesPiece, girthMetres: number): Tube[] {
  const sides = ['left', 'right'] as const;
  if (piece === 'top')
    return [
      {
        ...TRUNK,
        bones: isBoneIn(['trunk', 'thigh']),
        from: 'upperChest',
        to: 'hips',
        isCentred: true,
        girthMetres,
      },
      ...sides.map(
        (side): Tube => ({
          ...SLEEVE,
          bones: isBoneIn(armRegions, side),
          from: `${side}UpperArm`,
          to: `${side}Hand`,
        }),
      ),
    ];
  return [
    {
      ...SEAT,
      bones: boneNames.map((name) => name === 'hips' || name === 'spine'),
      from: 'spine',
      to: 'leftUpperLeg',
      isCentred: true,
    },
    ...sides.map(
      (side): Tube => ({
        ...LEG,
        bones: isBoneIn(['thigh', 'calf'], side),
        from: `${side}UpperLeg`,
        to: `${side}Foot`,
      }),
    ),
  ];
}

/** Steps 2 to 4: returns the displacements, 3 × vertices, metres, of cloth that surrounds `tubes`. */
function displace(mannequin: Mannequin, shape: MannequinShape, tubes: readonly Tube[]): Float32Array {
  const { positions } = shape;
  let displacements: Float32Array = new Float32Array(positions.length);
  for (const tube of tubes) pushOut(mannequin, shape, tube, displacements);
  for (let round = 0; round < SMOOTH_ROUNDS; round++) displacements = average(displacements, mannequin.indices);
  for (let v = 0; v < positions.length; v += 3) {
    const x = positions[v];
    if (mannequin.positions[v] * (x + displacements[v]) < 0) displacements[v] = -x;
  }
  return displacements;
}

/** Adds the displacements of one tube's cloth to `target`, 3 × vertices, metres. */
function pushOut(mannequin: Mannequin, { positions, joints }: MannequinShape, tube: Tube, target: Float32Array): void {
  const { origin, axis, front, side, length } = createFrame(joints, tube);
  const count = positions.length / 3;
  const share = new Float32Array(count);
  const along = new Float32Array(count);
  const radius = new Float32Array(count);
  const angle = new Float32Array(count);
  for (let v = 0; v < count; v++) {
    for (let i = 4 * v; i < 4 * v + 4; i++)
      if (tube.bones[mannequin.skinIndices[i]]) share[v] += mannequin.skinWeights[i];
    const x = positions[3 * v] - origin[0];
    const y = positions[3 * v + 1] - origin[1];
    const z = positions[3 * v + 2] - origin[2];
    along[v] = x * axis[0] + y * axis[1] + z * axis[2];
    const a = x * front[0] + y * front[1] + z * front[2];
    const b = x * side[0] + y * side[1] + z * side[2];
    radius[v] = Math.hypot(a, b);
    angle[v] = Math.atan2(b, a);
  }

  const steps = Math.ceil((length + BEFORE_METRES + BEYOND_METRES) / STEP_METRES);
  const widest = new Float32Array(steps * ANGLES);
  const stepAt = (metres: number): number =>
    Math.min(steps - 1, Math.max(0, Math.floor((metres + BEFORE_METRES) / STEP_METRES)));
  const angleOf = (v: number): number => Math.floor(((angle[v] / (2 * Math.PI) + 1) % 1) * ANGLES) % ANGLES;
  for (let v = 0; v < count; v++) {
    if (share[v] < MIN_SHARE) continue;
    for (let neighbour = -1; neighbour <= 1; neighbour++) {
      const cell = stepAt(along[v]) * ANGLES + ((angleOf(v) + neighbour + ANGLES) % ANGLES);
      widest[cell] = Math.max(widest[cell], radius[v]);
    }
  }
  const { girthMetres, widenMetres } = tube;
  const isStraight = girthMetres !== undefined;
  let gap = tube.gapMetres;
  if (isStraight) {
    const from = stepAt(widenMetres / 2);
    const outline = widest.slice(from * ANGLES, (from + 1) * ANGLES);
    for (let cell = from * ANGLES; cell < (stepAt(length + CUT_METRES) + 1) * ANGLES; cell++)
      outline[cell % ANGLES] = Math.max(outline[cell % ANGLES], widest[cell]);
    for (let step = from; step < steps; step++) widest.set(outline, step * ANGLES);
    gap = Math.max(gap, (girthMetres - girthOf(outline)) / (2 * Math.PI));
  } else
    for (let cell = stepAt(STRAIGHT_FROM_METRES) * ANGLES; cell < widest.length; cell++)
      widest[cell] = Math.max(widest[cell], widest[cell - ANGLES] - tube.narrowing * STEP_METRES);

  for (let v = 0; v < count; v++) {
    if (share[v] === 0) continue;
    const fall = Math.max(0, widest[stepAt(along[v]) * ANGLES + angleOf(v)] - radius[v]);
    const distance =
      MathUtils.smoothstep(along[v], 0, widenMetres) *
      share[v] *
      (gap + (isStraight ? fall : Math.min(MAX_FALL_METRES, fall)));
    const cos = Math.cos(angle[v]);
    const sin = Math.sin(angle[v]);
    for (let k = 0; k < 3; k++) target[3 * v + k] += distance * (cos * front[k] + sin * side[k]);
  }
}

/** Returns the length of a closed line, metres, from its radii at evenly spaced angles. */
function girthOf(radii: Float32Array): number {
  const cosine = Math.cos((2 * Math.PI) / radii.length);
  return radii.reduce((sum, radius, a) => {
    const next = radii[(a + 1) % radii.length];
    return sum + Math.sqrt(radius ** 2 + next ** 2 - 2 * radius * next * cosine);
  }, 0);
}

/**
 * Computes a tube's coordinate frame in model space: its origin (metres), its axis, two directions across the axis, of
 * which `front` is the nearest to +z, and its length (metres). The three directions are orthogonal unit vectors.
 */
function createFrame(
  joints: Float32Array,
  { from, to, isCentred = false }: Tube,
): { origin: Vector; axis: Vector; front: Vector; side: Vector; length: number } {
  const jointOf = (bone: BoneName): [number, number, number] => {
    const [x, y, z] = joints.subarray(3 * boneIndex[bone]);
    return [isCentred ? 0 : x, y, z];
  };
  const origin = jointOf(from);
  const end = jointOf(to);
  const difference: Vector = isCentred
    ? [0, end[1] - origin[1], 0]
    : [end[0] - origin[0], end[1] - origin[1], end[2] - origin[2]];
  const length = Math.hypot(...difference);
  const axis: Vector = [difference[0] / length, difference[1] / length, difference[2] / length];
  const across: Vector = [-axis[2] * axis[0], -axis[2] * axis[1], 1 - axis[2] * axis[2]];
  const acrossLength = Math.hypot(...across);
  const front: Vector = [across[0] / acrossLength, across[1] / acrossLength, across[2] / acrossLength];
  const side: Vector = [
    axis[1] * front[2] - axis[2] * front[1],
    axis[2] * front[0] - axis[0] * front[2],
    axis[0] * front[1] - axis[1] * front[0],
  ];
  return { origin, axis, front, side, length };
}

/**
 * Returns for each vertex the mean of its own vector and the vectors (3 × vertices) of the vertices that a triangle's
 * edge leads to.
 */
function average(vectors: Float32Array, indices: ArrayLike<number>): Float32Array {
  const sums = vectors.slice();
  const counts = new Float32Array(vectors.length / 3).fill(1);
  for (let i = 0; i < indices.length; i++) {
    const vertex = indices[i];
    const neighbour = indices[i % 3 === 2 ? i - 2 : i + 1];
    counts[vertex]++;
    for (let k = 0; k < 3; k++) sums[3 * vertex + k] += vectors[3 * neighbour + k];
  }
  return sums.map((sum, i) => sum / counts[Math.floor(i / 3)]);
}

/** Step 5: adds rows of triangles under the lower border of the trunk, which is under the height `below`. */
function lengthen(surface: SkinnedSurface, below: number): void {
  const { positions, skinIndices, skinWeights, indices } = surface;
  const inHem = (v: number): boolean => positions[3 * v + 1] < below && !isArm[skinIndices[4 * v]];
  const count = positions.length / 3;
  const sides = new Set<number>();
  for (let i = 0; i < indices.length; i++) sides.add(indices[i] * count + indices[i % 3 === 2 ? i - 2 : i + 1]);
  const border = [...sides]
    .map((side) => [Math.floor(side / count), side % count])
    .filter(([a, b]) => !sides.has(b * count + a) && inHem(a) && inHem(b));
  let row = new Map(border.flat().map((v) => [v, v]));
  for (let n = 0; n < HEM_ROWS; n++) {
    const next = new Map<number, number>();
    for (const [v, above] of row) {
      next.set(v, positions.length / 3);
      positions.push(positions[3 * above], positions[3 * above + 1] - HEM_METRES / HEM_ROWS, positions[3 * above + 2]);
      skinIndices.push(...skinIndices.slice(4 * above, 4 * above + 4));
      skinWeights.push(...skinWeights.slice(4 * above, 4 * above + 4));
    }
    for (const [a, b] of border)
      indices.push(row.get(b)!, row.get(a)!, next.get(a)!, row.get(b)!, next.get(a)!, next.get(b)!);
    row = next;
  }
}
