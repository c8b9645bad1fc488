/**
 * Computes how a wide top and wide trousers hang around a body in the rest pose: like cloth that falls straight down
 * from where the body is widest instead of following it inwards.
 *
 * 1. Split the body into tubes: trunk and arms for the top, seat and legs for the trousers.
 * 2. Give each vertex of a tube cylinder coordinates: how far along the tube's axis, at which angle, at which radius.
 * 3. Find the greatest radius in each cell of a grid of lengths and angles, and let it fall along the tube.
 * 4. Push each vertex out to that radius, plus a gap of air.
 * 5. Smooth the displacements over the mesh, and stop the legs' cloth at the middle of the body.
 */
import { MathUtils } from 'three';
import { type BoneName, boneIndex, boneNames, type Mannequin } from '../mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../mannequin/regions.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';

/**
 * For each vertex of the body, the displacement from the skin to the inside of hanging cloth: 3 × vertices, model space
 * (+x to the body's left, +y up, +z forward), metres; 0 far from the cloth.
 */
export interface HangingClothes {
  /** Of the top. */
  top: Float32Array;
  /** Of the trousers. */
  shorts: Float32Array;
}

/** A part of the body that cloth surrounds, along an axis from the joint of `from` to that of `to`. */
interface Tube {
  /** Whether the skin that follows a bone belongs to the tube, for each bone, by index into `boneNames`. */
  bones: readonly boolean[];
  from: BoneName;
  to: BoneName;
  /** Whether the axis is vertical and in the middle of the body, whatever the joints' x. */
  isCentred?: boolean;
  /** Air between skin and cloth where the cloth is fully wide, metres. */
  gapMetres: number;
  /** Distance along the axis over which the cloth becomes fully wide, metres. */
  easeMetres: number;
}

type Vector = readonly [number, number, number];

/** Returns the tube of one arm. */
function arm(side: 'left' | 'right'): Tube {
  return {
    bones: isBoneIn(armRegions, side),
    from: `${side}UpperArm`,
    to: `${side}Hand`,
    gapMetres: 0.03,
    easeMetres: 0.12,
  };
}

/** Returns the tube of one leg. */
function leg(side: 'left' | 'right'): Tube {
  return {
    bones: isBoneIn(['thigh', 'calf', 'foot'], side),
    from: `${side}UpperLeg`,
    to: `${side}Foot`,
    gapMetres: 0.035,
    easeMetres: 0.2,
  };
}
const trunk: Tube = {
  bones: isBoneIn(['trunk']),
  from: 'upperChest',
  to: 'hips',
  isCentred: true,
  gapMetres: 0.035,
  easeMetres: 0.16,
};
const seat: Tube = {
  bones: boneNames.map((name) => name === 'hips' || name === 'spine'),
  from: 'spine',
  to: 'leftUpperLeg',
  isCentred: true,
  gapMetres: 0.02,
  easeMetres: 0.2,
};

/** Number of the grid's cells around a tube, and length of a cell along the tube's axis. */
const ANGLES = 32;
const STEP_METRES = 0.015;
/** Extent of the grid beyond the tube's two joints, metres. */
const BEFORE_METRES = 0.1;
const BEYOND_METRES = 0.35;
/** Distance along the tube from which the cloth hangs free instead of following the body, metres. */
const HANG_FROM_METRES = 0.04;
/** Decrease of a free cloth's radius per distance along the tube, metres per metre. */
const NARROWING = 0.06;
/** Greatest distance between skin and cloth, not counting the tube's gap, metres. */
const MAX_HANG_METRES = 0.07;
/** A vertex widens the cloth if its skin weights on the tube's bones have at least this sum, 0..1. */
const MIN_SHARE = 0.5;
/** Number of times that each displacement is averaged with its neighbours'. */
const SMOOTH_ROUNDS = 8;

/**
 * Computes the displacements of a wide top and wide trousers around a body in the rest pose.
 *
 * @param mannequin its triangles and skin weights are those of the body.
 * @param shape the body's vertices and joints, metres.
 */
export function hangClothes(mannequin: Mannequin, shape: MannequinShape): HangingClothes {
  return {
    top: hang(mannequin, shape, [trunk, arm('left'), arm('right')]),
    shorts: hang(mannequin, shape, [seat, leg('left'), leg('right')]),
  };
}

/** Computes the displacements, 3 × vertices, metres, of one piece of clothes that surrounds `tubes`. */
function hang(mannequin: Mannequin, shape: MannequinShape, tubes: readonly Tube[]): Float32Array {
  const { positions } = shape;
  let displacements: Float32Array = new Float32Array(positions.length);
  for (const tube of tubes) pushOut(mannequin, shape, tube, displacements);
  for (let round = 0; round < SMOOTH_ROUNDS; round++) displacements = average(displacements, mannequin.indices);
  // The cloth of the two legs meets in the middle and goes no further.
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
  const stepOf = (v: number): number =>
    Math.min(steps - 1, Math.max(0, Math.floor((along[v] + BEFORE_METRES) / STEP_METRES)));
  const angleOf = (v: number): number => Math.floor(((angle[v] / (2 * Math.PI) + 1) % 1) * ANGLES) % ANGLES;
  for (let v = 0; v < count; v++) {
    if (share[v] < MIN_SHARE) continue;
    for (let neighbour = -1; neighbour <= 1; neighbour++) {
      const cell = stepOf(v) * ANGLES + ((angleOf(v) + neighbour + ANGLES) % ANGLES);
      widest[cell] = Math.max(widest[cell], radius[v]);
    }
  }
  for (let step = Math.round((HANG_FROM_METRES + BEFORE_METRES) / STEP_METRES); step < steps; step++) {
    for (let a = 0; a < ANGLES; a++) {
      const cell = step * ANGLES + a;
      widest[cell] = Math.max(widest[cell], widest[cell - ANGLES] - NARROWING * STEP_METRES);
    }
  }

  for (let v = 0; v < count; v++) {
    if (share[v] === 0) continue;
    const ease = MathUtils.smoothstep(along[v], 0, tube.easeMetres);
    const fall = Math.min(MAX_HANG_METRES, Math.max(0, widest[stepOf(v) * ANGLES + angleOf(v)] - radius[v]));
    const distance = ease * share[v] * (tube.gapMetres + fall);
    const cos = Math.cos(angle[v]);
    const sin = Math.sin(angle[v]);
    for (let k = 0; k < 3; k++) target[3 * v + k] += distance * (cos * front[k] + sin * side[k]);
  }
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
