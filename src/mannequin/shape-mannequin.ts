import { BONE_COUNT, type Mannequin } from './mannequin.ts';
import { smoothNormals } from './smooth-normals.ts';

/**
 * The mannequin's geometry in the shape of one body: rest pose, model space (metres, +x to the body's left, +y up, +z
 * forward). Vertices and bones are in the mannequin's order.
 */
export interface MannequinShape {
  /** 3 × vertices. */
  positions: Float32Array;
  /** 3 × vertices, unit length. */
  normals: Float32Array;
  /** Rest joints, 3 × BONE_COUNT. */
  joints: Float32Array;
}

/** Creates a target for `shapeMannequin`, with arrays of the mannequin's lengths, filled with 0. */
export function createMannequinShape(mannequin: Mannequin): MannequinShape {
  return {
    positions: new Float32Array(mannequin.positions.length),
    normals: new Float32Array(mannequin.positions.length),
    joints: new Float32Array(3 * BONE_COUNT),
  };
}

/**
 * Computes the shape of a body: the mean body plus each morph's displacement times its weight, with new normals. Writes
 * `target`, returns it, and allocates nothing. Morphs of weight 0 are skipped.
 *
 * @param mannequin the mean body: vertices and joints (rest pose, metres), triangles, and the morphs' displacements.
 * @param weights MORPH_COUNT morph weights, in the order of `morphNames`; all 0 give the mean body.
 */
export function shapeMannequin(
  mannequin: Mannequin,
  weights: ArrayLike<number>,
  target: MannequinShape,
): MannequinShape {
  target.positions.set(mannequin.positions);
  target.joints.set(mannequin.joints);
  for (let m = 0; m < mannequin.morphs.length; m++) {
    const weight = weights[m];
    if (weight === 0) continue;
    const morph = mannequin.morphs[m];
    addScaled(target.positions, morph.positions, weight);
    addScaled(target.joints, morph.joints, weight);
  }
  smoothNormals(target.positions, mannequin.indices, target.normals);
  return target;
}

function addScaled(target: Float32Array, source: Float32Array, scale: number): void {
  for (let i = 0; i < target.length; i++) target[i] += source[i] * scale;
}
