/**
 * Makes a wide top with long sleeves from the mannequin's own skin, so that it has the form of a person, and a mesh
 * that no tailor has evened out.
 *
 * 1. Keep the triangles of trunk and arms, from the hem up.
 * 2. Move their vertices away from the skin: little on top of the shoulders, further at the trunk, most at the sleeves.
 * 3. Even the surface out, and level the hem.
 */
import type { GarmentMesh } from '../../../src/garment/garment.ts';
import { boneIndex, type Mannequin } from '../../../src/mannequin/mannequin.ts';
import { armRegions, isBoneIn } from '../../../src/mannequin/regions.ts';
import { smoothNormals } from '../../../src/mannequin/smooth-normals.ts';

/** Height of the hem under the joint of the hips, metres. */
const HEM_METRES = 0.06;
/** Distance from the skin, metres: on top of the shoulders; where the skin is upright; how much more at the sleeves. */
const EASE = { shoulder: 0.004, trunk: 0.03, sleeve: 0.02 };
/** Rounds in which each vertex moves to the mean of itself and its neighbours: the armpits' folds are gone. */
const ROUNDS = 6;

const isArm = isBoneIn(armRegions);
const isBare = isBoneIn(['neck', 'head', 'hand']);

/** Makes the top, modelled on the base shape of `mannequin` in its rest pose (steps above). */
export function makeLongSleeve(mannequin: Mannequin): GarmentMesh {
  const { positions: skin, normals: skinNormals, skinIndices, skinWeights, joints } = mannequin;
  const hem = joints[3 * boneIndex.hips + 1] - HEM_METRES;
  /** Share of the bones of `wanted` in a vertex of the skin. */
  const shareOf = (wanted: readonly boolean[], v: number): number =>
    [0, 1, 2, 3].reduce((sum, k) => sum + (wanted[skinIndices[4 * v + k]] ? skinWeights[4 * v + k] : 0), 0);
  const isCovered = (v: number): boolean => skin[3 * v + 1] > hem && shareOf(isBare, v) < 0.5;

  const numbers = new Map<number, number>();
  const indices: number[] = [];
  for (let t = 0; t < mannequin.indices.length; t += 3) {
    const corners = Array.from(mannequin.indices.subarray(t, t + 3));
    if (!corners.every(isCovered)) continue;
    for (const v of corners) {
      if (!numbers.has(v)) numbers.set(v, numbers.size);
      indices.push(numbers.get(v)!);
    }
  }
  const vertices = [...numbers.keys()];
  let positions = Float32Array.from(
    vertices.flatMap((v) => {
      const upright = 1 - Math.max(0, skinNormals[3 * v + 1]);
      const ease = EASE.shoulder + upright * (EASE.trunk + EASE.sleeve * shareOf(isArm, v));
      return [0, 1, 2].map((k) => skin[3 * v + k] + ease * skinNormals[3 * v + k]);
    }),
  );
  for (let round = 0; round < ROUNDS; round++) positions = averaged(positions, indices);
  for (let i = 1; i < positions.length; i += 3) positions[i] = Math.max(hem, positions[i]);

  const normals = new Float32Array(positions.length);
  smoothNormals(positions, Uint16Array.from(indices), normals);
  return {
    name: 'long-sleeve',
    positions,
    normals,
    uvs: null,
    indices: Uint16Array.from(indices),
    skinIndices: Uint16Array.from(vertices.flatMap((v) => Array.from(skinIndices.subarray(4 * v, 4 * v + 4)))),
    skinWeights: Float32Array.from(vertices.flatMap((v) => Array.from(skinWeights.subarray(4 * v, 4 * v + 4)))),
    sizes: {},
  };
}

/** Step 3. Returns for each vertex the mean of itself and its neighbours; each counts once for each triangle. */
function averaged(positions: Float32Array, indices: readonly number[]): Float32Array<ArrayBuffer> {
  const sums = new Float64Array(positions.length);
  const counts = new Uint16Array(positions.length / 3);
  for (let t = 0; t < indices.length; t += 3)
    for (let k = 0; k < 3; k++)
      for (let other = 0; other < 3; other++) {
        const v = indices[t + k];
        counts[v]++;
        for (let axis = 0; axis < 3; axis++) sums[3 * v + axis] += positions[3 * indices[t + other] + axis];
      }
  return Float32Array.from(sums, (sum, i) => sum / counts[Math.floor(i / 3)]);
}
