import type { MannequinPose } from './pose-mannequin.ts';

/** A mesh that is skinned to the mannequin's bones: the body or a garment. */
export interface SkinnedVertices {
  /** Rest pose, 3 × vertices, model space, metres. */
  positions: ArrayLike<number>;
  /** 4 × vertices: indices into `boneNames`. */
  skinIndices: ArrayLike<number>;
  /** 4 × vertices: the weights of those bones, with a sum of 1 for each vertex. */
  skinWeights: ArrayLike<number>;
}

/**
 * Poses the vertices of a mesh by linear blend skinning on the CPU, for tests, tools and benchmarks; the scene skins on
 * the GPU.
 *
 * @param joints rest joints of the body that wears the mesh, 3 × BONE_COUNT, model space, metres.
 * @param pose that body's posed joints, 3 × BONE_COUNT, metres, and the rotation of each bone from the rest pose,
 * 4 × BONE_COUNT: unit quaternions x, y, z, w; both in the space of the result, for example camera space.
 * @param target receives the posed positions, 3 × vertices, metres, in that space.
 * @returns `target`.
 */
export function skinVertices(
  { positions: rest, skinIndices, skinWeights }: SkinnedVertices,
  joints: ArrayLike<number>,
  { positions, rotations }: MannequinPose,
  target: Float32Array,
): Float32Array {
  for (let v = 0; 3 * v < rest.length; v++) {
    let sumX = 0;
    let sumY = 0;
    let sumZ = 0;
    for (let i = 0; i < 4; i++) {
      const weight = skinWeights[4 * v + i];
      if (weight === 0) continue;
      const b = skinIndices[4 * v + i];
      const x = rest[3 * v] - joints[3 * b];
      const y = rest[3 * v + 1] - joints[3 * b + 1];
      const z = rest[3 * v + 2] - joints[3 * b + 2];
      const qx = rotations[4 * b];
      const qy = rotations[4 * b + 1];
      const qz = rotations[4 * b + 2];
      const qw = rotations[4 * b + 3];
      const tx = 2 * (qy * z - qz * y);
      const ty = 2 * (qz * x - qx * z);
      const tz = 2 * (qx * y - qy * x);
      sumX += weight * (positions[3 * b] + x + qw * tx + qy * tz - qz * ty);
      sumY += weight * (positions[3 * b + 1] + y + qw * ty + qz * tx - qx * tz);
      sumZ += weight * (positions[3 * b + 2] + z + qw * tz + qx * ty - qy * tx);
    }
    target[3 * v] = sumX;
    target[3 * v + 1] = sumY;
    target[3 * v + 2] = sumZ;
  }
  return target;
}
