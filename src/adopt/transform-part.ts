import { type Matrix3, Vector3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';

const vector = new Vector3();

/** Turns a mesh and then scales it, in place. */
export function transformPart(
  { positions, normals, sizes }: Pick<GarmentMesh, 'positions' | 'normals' | 'sizes'>,
  turn: Matrix3 | null,
  scale: number,
): void {
  for (const data of [positions, ...Object.values(sizes)]) {
    if (turn) apply(turn, data);
    if (scale !== 1) for (let i = 0; i < data.length; i++) data[i] *= scale;
  }
  if (turn) apply(turn, normals);
}

function apply(turn: Matrix3, data: Float32Array): void {
  for (let i = 0; i < data.length; i += 3) vector.fromArray(data, i).applyMatrix3(turn).toArray(data, i);
}
