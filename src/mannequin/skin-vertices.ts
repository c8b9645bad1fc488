import type { MannequinPose } from './pose-mannequin.ts';

/**
 * Linear blend skinning on the CPU, for truth, tests and tools (the scene skins on the GPU): vertices (3 × n, rest pose) of
 * anything bound to the mannequin's bones, with 4 indices and weights each, from rest joints to a pose. Writes into `target`.
 */
export function skinVertices(
  rest: ArrayLike<number>,
  skinIndices: ArrayLike<number>,
  skinWeights: ArrayLike<number>,
  joints: ArrayLike<number>,
  pose: MannequinPose,
  target: Float32Array,
): Float32Array {
  const { positions, rotations } = pose;
  for (let v = 0; 3 * v < rest.length; v++) {
    let sx = 0;
    let sy = 0;
    let sz = 0;
    for (let i = 0; i < 4; i++) {
      const weight = skinWeights[4 * v + i]!;
      if (weight === 0) continue;
      const b = skinIndices[4 * v + i]!;
      const x = rest[3 * v]! - joints[3 * b]!;
      const y = rest[3 * v + 1]! - joints[3 * b + 1]!;
      const z = rest[3 * v + 2]! - joints[3 * b + 2]!;
      const qx = rotations[4 * b]!;
      const qy = rotations[4 * b + 1]!;
      const qz = rotations[4 * b + 2]!;
      const qw = rotations[4 * b + 3]!;
      const tx = 2 * (qy * z - qz * y);
      const ty = 2 * (qz * x - qx * z);
      const tz = 2 * (qx * y - qy * x);
      sx += weight * (positions[3 * b]! + x + qw * tx + qy * tz - qz * ty);
      sy += weight * (positions[3 * b + 1]! + y + qw * ty + qz * tx - qx * tz);
      sz += weight * (positions[3 * b + 2]! + z + qw * tz + qx * ty - qy * tx);
    }
    target[3 * v] = sx;
    target[3 * v + 1] = sy;
    target[3 * v + 2] = sz;
  }
  return target;
}
