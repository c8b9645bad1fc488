/**
 * Surrounds parts of a body in the rest pose with cloth: tubes around trunk, arms or legs.
 *
 * 1. Give each vertex of a tube cylinder coordinates: how far along the tube's axis, at which angle, at which radius.
 * 2. Find the cloth's radius by length and angle. A straight tube is as wide as the body where it is widest, and has at
 *    least the wanted girth; other tubes narrow along their axes.
 * 3. Move each vertex out to that radius, plus a gap. Smooth the displacements over the mesh, and stop the legs' cloth
 *    at the middle of the body.
 *
 * Model space: metres, +x to the body's left, +y up, +z forward.
 */
import { MathUtils } from 'three';
import { type BoneName, boneIndex, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { averageNeighbours } from './average-neighbours.ts';

/** A part of the body that cloth surrounds, along an axis from the joint of `from` to that of `to`. */
export interface Tube {
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
  /** Distance beyond the axis to which a straight tube must surround the body, metres. */
  beyondMetres: number;
}

type Vector = readonly [number, number, number];

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
/**
 * Returns the displacements from the skin to the cloth, 3 × vertices, metres, of cloth that surrounds `tubes` (steps above).
 *
 * @param mannequin its triangles and skin weights are those of the body.
 * @param shape the body's vertices and joints, metres.
 */
export function surroundTubes(mannequin: Mannequin, shape: MannequinShape, tubes: readonly Tube[]): Float32Array {
  const { positions } = shape;
  let displacements: Float32Array = new Float32Array(positions.length);
  for (const tube of tubes) pushOut(mannequin, shape, tube, displacements);
  for (let round = 0; round < SMOOTH_ROUNDS; round++)
    displacements = averageNeighbours(displacements, mannequin.indices);
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
    for (let cell = from * ANGLES; cell < (stepAt(length + tube.beyondMetres) + 1) * ANGLES; cell++)
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
