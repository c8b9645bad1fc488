import { type Matrix3, Vector3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';

const vector = new Vector3();

/**
 * Rotates a garment's mesh about the origin and then scales it, in place: positions, displacements by size, and normals
 * (3 × vertices each). Normals are only rotated.
 *
 * @param rotation A rotation matrix; null: no rotation.
 * @param scale Factor from the mesh's unit to the wanted unit.
 */
export function transformPart(
  { positions, normals, sizes }: Pick<GarmentMesh, 'positions' | 'normals' | 'sizes'>,
  rotation: Matrix3 | null,
  scale: number,
): void {
  for (const data of [positions, ...Object.values(sizes)]) {
    if (rotation) rotate(rotation, data);
    if (scale !== 1) for (let i = 0; i < data.length; i++) data[i] *= scale;
  }
  if (rotation) rotate(rotation, normals);
}

/** Rotates the vectors of `data` (x, y, z each) in place. */
function rotate(rotation: Matrix3, data: Float32Array): void {
  for (let i = 0; i < data.length; i += 3) vector.fromArray(data, i).applyMatrix3(rotation).toArray(data, i);
}
