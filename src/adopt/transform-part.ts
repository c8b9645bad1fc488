import { type Matrix3, Vector3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';

const vector = new Vector3();

/**
 * Rotates a mesh by `turn` (null: not) and then scales it, in place: positions and sizes (metres or file units),
 * normals.
 */
export function transformPart(
  { positions, normals, sizes }: Pick<GarmentMesh, 'positions' | 'normals' | 'sizes'>,
  turn: Matrix3 | null,
  scale: number,
): void {
  for (const data of [positions, ...Object.values(sizes)]) {
    if (turn) rotate(turn, data);
    if (scale !== 1) for (let i = 0; i < data.length; i++) data[i] *= scale;
  }
  if (turn) rotate(turn, normals);
}

function rotate(turn: Matrix3, data: Float32Array): void {
  for (let i = 0; i < data.length; i += 3) vector.fromArray(data, i).applyMatrix3(turn).toArray(data, i);
}
