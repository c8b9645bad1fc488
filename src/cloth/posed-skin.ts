import type { Skin } from '../garment/measure-clearance.ts';
import { BONE_COUNT, type Mannequin } from '../mannequin/mannequin.ts';
import type { MannequinPose } from '../mannequin/pose-mannequin.ts';
import type { MannequinShape } from '../mannequin/shape-mannequin.ts';

/** The skin of the body in one frame: what all garments of a person lie on. */
export class PosedSkin implements Skin {
  /** 3 × vertices of the mannequin, in the space of the pose, metres. */
  readonly positions: Float32Array;
  /** 3 × vertices, of length 1 or a little less where bones are blended. */
  readonly normals: Float32Array;
  readonly #mannequin: Mannequin;
  /** By bone: its matrix from the rest pose to the pose, upper three rows, row by row: 12 each. */
  readonly #bones = new Float64Array(12 * BONE_COUNT);

  constructor(mannequin: Mannequin) {
    this.#mannequin = mannequin;
    this.positions = new Float32Array(mannequin.positions.length);
    this.normals = new Float32Array(mannequin.positions.length);
  }

  /** Poses the skin of a body of this shape. Allocates nothing. */
  pose({ positions: rest, normals: restNormals, joints }: MannequinShape, pose: MannequinPose): void {
    this.#computeBones(joints, pose);
    const { skinIndices, skinWeights } = this.#mannequin;
    const { positions, normals } = this;
    const bones = this.#bones;
    for (let v = 0; 3 * v < rest.length; v++) {
      const x = rest[3 * v];
      const y = rest[3 * v + 1];
      const z = rest[3 * v + 2];
      const nx = restNormals[3 * v];
      const ny = restNormals[3 * v + 1];
      const nz = restNormals[3 * v + 2];
      for (let k = 0; k < 3; k++) {
        let place = 0;
        let normal = 0;
        for (let j = 4 * v; j < 4 * v + 4; j++) {
          const weight = skinWeights[j];
          if (weight === 0) continue;
          const o = 12 * skinIndices[j] + 4 * k;
          place += weight * (bones[o] * x + bones[o + 1] * y + bones[o + 2] * z + bones[o + 3]);
          normal += weight * (bones[o] * nx + bones[o + 1] * ny + bones[o + 2] * nz);
        }
        positions[3 * v + k] = place;
        normals[3 * v + k] = normal;
      }
    }
  }

  /** Writes to `target` for each vertex the mean of its four bones' matrices, by weight: 12 × vertices. */
  blendBones(skinIndices: Uint16Array, skinWeights: Float32Array, target: Float64Array): void {
    const bones = this.#bones;
    for (let v = 0, to = 0; to < target.length; v += 4, to += 12) {
      let from = 12 * skinIndices[v];
      let weight = skinWeights[v];
      for (let k = 0; k < 12; k++) target[to + k] = weight * bones[from + k];
      for (let j = v + 1; j < v + 4; j++) {
        weight = skinWeights[j];
        if (weight === 0) continue;
        from = 12 * skinIndices[j];
        for (let k = 0; k < 12; k++) target[to + k] += weight * bones[from + k];
      }
    }
  }

  /** Computes `#bones`. `joints`: rest joints of the body, 3 × BONE_COUNT, metres. */
  #computeBones(joints: Float32Array, { positions, rotations }: MannequinPose): void {
    const bones = this.#bones;
    for (let b = 0; b < BONE_COUNT; b++) {
      const x = rotations[4 * b];
      const y = rotations[4 * b + 1];
      const z = rotations[4 * b + 2];
      const w = rotations[4 * b + 3];
      const o = 12 * b;
      bones[o] = 1 - 2 * (y * y + z * z);
      bones[o + 1] = 2 * (x * y - z * w);
      bones[o + 2] = 2 * (x * z + y * w);
      bones[o + 4] = 2 * (x * y + z * w);
      bones[o + 5] = 1 - 2 * (x * x + z * z);
      bones[o + 6] = 2 * (y * z - x * w);
      bones[o + 8] = 2 * (x * z - y * w);
      bones[o + 9] = 2 * (y * z + x * w);
      bones[o + 10] = 1 - 2 * (x * x + y * y);
      for (let k = 0; k < 3; k++) {
        const r = o + 4 * k;
        bones[r + 3] =
          positions[3 * b + k] -
          bones[r] * joints[3 * b] -
          bones[r + 1] * joints[3 * b + 1] -
          bones[r + 2] * joints[3 * b + 2];
      }
    }
  }
}
