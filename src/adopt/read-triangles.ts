import type { Primitive } from '@gltf-transform/core';
import { EXPORT_ANEW, garmentInvalid } from '../garment/garment-invalid.ts';

/** glTF's primitive modes: 0 to 3 are points and lines, 6 is a triangle fan. */
const TRIANGLES = 4;
const TRIANGLE_STRIP = 5;

/** The triangles of a primitive, on only those vertices that they use. */
export interface PartTriangles {
  /** 3 × triangles: indices into `used`. */
  indices: Uint16Array | Uint32Array;
  /** Indices of the primitive's vertices that the triangles use, in the order of their first use. */
  used: number[];
}

/**
 * Reads a primitive's list, strip or fan of triangles as a list of triangles. Numbers only the vertices that these use,
 * because the meshes of a file often share one larger array of vertices.
 *
 * Throws `FittingError` `garment-invalid` for an index that is not below `vertexCount`.
 *
 * @param primitive A primitive of a glTF document: mode, and indices if it has any.
 * @param vertexCount Number of vertices in the primitive's attributes.
 * @param name Name of the mesh, for the error.
 * @returns Null for points and lines.
 */
export function readTriangles(primitive: Primitive, vertexCount: number, name: string): PartTriangles | null {
  const mode = primitive.getMode() as number;
  if (mode < TRIANGLES) return null;
  const index = primitive.getIndices();
  const cornerCount = index ? index.getCount() : vertexCount;
  const triangleCount = mode === TRIANGLES ? Math.floor(cornerCount / 3) : Math.max(0, cornerCount - 2);
  const indices = new Uint32Array(3 * triangleCount);
  const numbers = new Int32Array(vertexCount).fill(-1);
  const used: number[] = [];
  for (let t = 0; t < triangleCount; t++) {
    for (let e = 0; e < 3; e++) {
      const corner = cornerOf(mode, t, e);
      const vertex = index ? index.getScalar(corner) : corner;
      if (!(vertex < vertexCount))
        throw garmentInvalid(`mesh ${name} has a triangle outside its vertices`, EXPORT_ANEW);
      if (numbers[vertex] < 0) numbers[vertex] = used.push(vertex) - 1;
      indices[3 * t + e] = numbers[vertex];
    }
  }
  return { indices: used.length > 65535 ? indices : Uint16Array.from(indices), used };
}

/**
 * Returns the position in the primitive's index list of corner `e` (0 to 2) of triangle `t`. In a strip every second
 * triangle is wound the other way, so its corners are reversed.
 */
function cornerOf(mode: number, t: number, e: number): number {
  if (mode === TRIANGLES) return 3 * t + e;
  if (mode === TRIANGLE_STRIP) return t % 2 === 0 ? t + e : t + 2 - e;
  return e === 0 ? 0 : t + e;
}
