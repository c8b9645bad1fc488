// Rings: lines around parts of the mannequin (the body model), which show a shopper's breadths in a picture.
//
// 1. `createRing` cuts a ring from the mannequin once.
// 2. `poseRing` moves its points as a body is shaped and posed.
// 3. `addSlope` tells how far a point moves in the picture for each morph weight.
import { type Mannequin, MORPH_COUNT } from '../mannequin/mannequin.ts';
import { SKIN_MATRIX_VALUES } from '../mannequin/skin-matrices.ts';

/**
 * A line around the trunk, the neck or a limb of the mannequin, or over a shoulder, in which a plane cuts its surface.
 */
export interface OutlineRing {
  readonly part: 'trunk' | 'neck' | 'limb' | 'shoulder';
  /**
   * Of a trunk's ring: its level, 0 at the hip joints, 1 at the upper chest's. Of a neck's or limb's: the share of the
   * way from `from` to `to`. Of a shoulder's: the share of the way from the middle of the body to the shoulder's joint.
   */
  readonly level: number;
  /** Whether its breadth tells a girth; false at joints, where only the middle is of use. */
  readonly showsGirth: boolean;
  /** Bones from and to whose joints the part runs (indices into `boneNames`). */
  readonly from: number;
  readonly to: number;
  /** Number of points. */
  readonly count: number;
  /** 3 × count: rest positions of the base body, model space, metres. */
  readonly positions: Float32Array;
  /** MORPH_COUNT × 3 × count, morph by morph: displacements of morph weight 1, metres. */
  readonly displacements: Float32Array;
  /** Indices of the morphs whose displacements are not all 0. */
  readonly morphs: Uint8Array;
  /** 4 × count: for each point the four bones that move it, and their weights, 0..1. */
  readonly skinIndices: Uint16Array;
  readonly skinWeights: Float32Array;
  /** MORPH_COUNT: morph weights of the last `poseRing`, and its points at rest in that shape, 3 × count, metres. */
  readonly shape: Float32Array;
  readonly shaped: Float32Array;
  /** 3 × count: the points in the pose of `poseRing`, camera space, metres. */
  readonly posed: Float32Array;
}

/** Writes the points of a ring at rest to `ring.shaped`, if the shape differs from that of the last call. */
function shapeRing(ring: OutlineRing, weights: Float32Array): void {
  const { count, positions, displacements, morphs, shape, shaped } = ring;
  let isSame = true;
  for (let m = 0; m < MORPH_COUNT && isSame; m++) isSame = shape[m] === weights[m];
  if (isSame) return;
  shape.set(weights);
  shaped.set(positions);
  for (let i = 0; i < morphs.length; i++) {
    const first = 3 * morphs[i] * count;
    const weight = weights[morphs[i]];
    for (let k = 0; k < 3 * count; k++) shaped[k] += weight * displacements[first + k];
  }
}

/**
 * Writes where the points of a ring are on a posed body, by linear blend skinning, to `ring.posed` (camera space,
 * metres). Allocates nothing.
 *
 * @param weights The body's morph weights, MORPH_COUNT.
 * @param matrices By bone, from rest pose to pose (`writeSkinMatrices`).
 */
export function poseRing(ring: OutlineRing, weights: Float32Array, matrices: Float64Array): void {
  const { count, skinIndices, skinWeights, shaped, posed } = ring;
  const stride = SKIN_MATRIX_VALUES;
  shapeRing(ring, weights);
  for (let i = 0; i < count; i++) {
    const x = shaped[3 * i];
    const y = shaped[3 * i + 1];
    const z = shaped[3 * i + 2];
    let sumX = 0;
    let sumY = 0;
    let sumZ = 0;
    for (let k = 4 * i; k < 4 * i + 4; k++) {
      const weight = skinWeights[k];
      if (weight === 0) continue;
      const m = stride * skinIndices[k];
      sumX += weight * (matrices[m] * x + matrices[m + 1] * y + matrices[m + 2] * z + matrices[m + 3]);
      sumY += weight * (matrices[m + 4] * x + matrices[m + 5] * y + matrices[m + 6] * z + matrices[m + 7]);
      sumZ += weight * (matrices[m + 8] * x + matrices[m + 9] * y + matrices[m + 10] * z + matrices[m + 11]);
    }
    posed[3 * i] = sumX;
    posed[3 * i + 1] = sumY;
    posed[3 * i + 2] = sumZ;
  }
}

/**
 * Adds to `row` (MORPH_COUNT) by how many metres a point of a ring moves along the image direction (ax, ay), a unit
 * vector in camera space, per unit of each morph, times `factor`. `point`: its index in the ring; `matrices`: as for
 * `poseRing`. The point moves relative to a joint that the landmarks hold in place: that of the bone `held`, or of the
 * point's main bone.
 */
export function addSlope(
  ring: OutlineRing,
  point: number,
  {
    mannequin: { morphs },
    matrices,
    ax,
    ay,
    factor,
    held,
  }: { mannequin: Mannequin; matrices: Float64Array; ax: number; ay: number; factor: number; held?: number },
  row: Float64Array,
): void {
  const { count, skinIndices, skinWeights, displacements } = ring;
  let best = 4 * point;
  for (let k = best + 1; k < 4 * point + 4; k++) if (skinWeights[k] > skinWeights[best]) best = k;
  const bone = skinIndices[best];
  const joint = 3 * (held ?? bone);
  // The direction in the rest pose of the bone.
  const m = SKIN_MATRIX_VALUES * bone;
  const x = factor * (ax * matrices[m] + ay * matrices[m + 4]);
  const y = factor * (ax * matrices[m + 1] + ay * matrices[m + 5]);
  const z = factor * (ax * matrices[m + 2] + ay * matrices[m + 6]);
  for (let morph = 0; morph < row.length; morph++) {
    const start = 3 * (morph * count + point);
    const { joints } = morphs[morph];
    row[morph] +=
      x * (displacements[start] - joints[joint]) +
      y * (displacements[start + 1] - joints[joint + 1]) +
      z * (displacements[start + 2] - joints[joint + 2]);
  }
}
