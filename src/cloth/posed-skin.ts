import type { Skin } from '../garment/measure-clearance.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';
import { createSkinMatrices, writeSkinMatrices } from '../mannequin/skin-matrices.ts';

/** The skin of the body in one frame: what all garments of a person lie on. */
export class PosedSkin implements Skin {
  /** 3 × vertices of the mannequin, in the space of the pose, metres. */
  readonly positions: Float32Array;
  /** 3 × vertices, of length 1 or a little less where bones are blended. */
  readonly normals: Float32Array;
  readonly #mannequin: Mannequin;
  /** By bone: its matrix from the rest pose to the pose, upper three rows, row by row: 12 each. */
  readonly #bones = createSkinMatrices();

  constructor(mannequin: Mannequin) {
    this.#mannequin = mannequin;
    this.positions = new Float32Array(mannequin.positions.length);
    this.normals = new Float32Array(mannequin.positions.length);
  }

  /** Poses the skin of a body of this shape. Allocates nothing. */
  pose(shape: MannequinShape, pose: MannequinPose): void {
    writeSkinMatrices(pose, shape, this.#bones);
    const { positions: rest, normals: restNormals } = shape;
    const { skinIndices, skinWeights } = this.#mannequin;
    const { positions, normals } = this;
    const bones = this.#bones;
    for (let v = 0, o = 0; o < rest.length; v += 4, o += 3) {
      // A third of the skin moves with one bone.
      const isOneBone = skinWeights[v] === 1;
      const m = isOneBone ? bones : blended;
      const r = isOneBone ? 12 * skinIndices[v] : 0;
      if (!isOneBone) blend(bones, skinIndices, skinWeights, v, blended, 0);
      const x = rest[o];
      const y = rest[o + 1];
      const z = rest[o + 2];
      const nx = restNormals[o];
      const ny = restNormals[o + 1];
      const nz = restNormals[o + 2];
      positions[o] = m[r] * x + m[r + 1] * y + m[r + 2] * z + m[r + 3];
      positions[o + 1] = m[r + 4] * x + m[r + 5] * y + m[r + 6] * z + m[r + 7];
      positions[o + 2] = m[r + 8] * x + m[r + 9] * y + m[r + 10] * z + m[r + 11];
      normals[o] = m[r] * nx + m[r + 1] * ny + m[r + 2] * nz;
      normals[o + 1] = m[r + 4] * nx + m[r + 5] * ny + m[r + 6] * nz;
      normals[o + 2] = m[r + 8] * nx + m[r + 9] * ny + m[r + 10] * nz;
    }
  }

  /** Writes to `target` for each vertex the mean of its four bones' matrices, by weight: 12 × vertices. */
  blendBones(skinIndices: Uint16Array, skinWeights: Float32Array, target: Float64Array): void {
    for (let v = 0, to = 0; to < target.length; v += 4, to += 12)
      blend(this.#bones, skinIndices, skinWeights, v, target, to);
  }
}

/** Scratch of `pose`: a vertex's matrix. */
const blended = new Float64Array(12);

/**
 * Writes to `target[to]` and on the mean of four bones' matrices, by weight. The bones and weights are those at
 * `skinIndices[v]` and `skinWeights[v]` and on; most vertices have one or two. Written out: a loop over the twelve
 * numbers takes three times as long.
 */
function blend(
  bones: Float64Array,
  skinIndices: ArrayLike<number>,
  skinWeights: ArrayLike<number>,
  v: number,
  target: Float64Array,
  to: number,
): void {
  let from = 12 * skinIndices[v];
  let weight = skinWeights[v];
  let xx = weight * bones[from];
  let xy = weight * bones[from + 1];
  let xz = weight * bones[from + 2];
  let xt = weight * bones[from + 3];
  let yx = weight * bones[from + 4];
  let yy = weight * bones[from + 5];
  let yz = weight * bones[from + 6];
  let yt = weight * bones[from + 7];
  let zx = weight * bones[from + 8];
  let zy = weight * bones[from + 9];
  let zz = weight * bones[from + 10];
  let zt = weight * bones[from + 11];
  for (let j = v + 1; j < v + 4; j++) {
    weight = skinWeights[j];
    if (weight === 0) continue;
    from = 12 * skinIndices[j];
    xx += weight * bones[from];
    xy += weight * bones[from + 1];
    xz += weight * bones[from + 2];
    xt += weight * bones[from + 3];
    yx += weight * bones[from + 4];
    yy += weight * bones[from + 5];
    yz += weight * bones[from + 6];
    yt += weight * bones[from + 7];
    zx += weight * bones[from + 8];
    zy += weight * bones[from + 9];
    zz += weight * bones[from + 10];
    zt += weight * bones[from + 11];
  }
  target[to] = xx;
  target[to + 1] = xy;
  target[to + 2] = xz;
  target[to + 3] = xt;
  target[to + 4] = yx;
  target[to + 5] = yy;
  target[to + 6] = yz;
  target[to + 7] = yt;
  target[to + 8] = zx;
  target[to + 9] = zy;
  target[to + 10] = zz;
  target[to + 11] = zt;
}
