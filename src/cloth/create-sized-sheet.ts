import type { Garment } from '../garment/garment.ts';
import type { ClothSheet } from './connect-sheet.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { placeInSize } from './place-in-size.ts';

/**
 * Returns the sheet of a garment in one size, to simulate: the triangles of `mesh`, and the lengths of their sides as
 * the file models them, metres.
 *
 * @param scale factor on the lengths.
 */
export function createSizedSheet(garment: Garment, mesh: ClothMesh, size: string, scale: number): ClothSheet {
  const { triangles } = mesh;
  const places = placeInSize(garment, mesh, size);
  const restLengths = new Float64Array(triangles.length);
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = 3 * triangles[t + k];
      const b = 3 * triangles[t + ((k + 1) % 3)];
      restLengths[t + k] =
        scale * Math.hypot(places[a] - places[b], places[a + 1] - places[b + 1], places[a + 2] - places[b + 2]);
    }
  return {
    particleCount: mesh.vertices.length,
    triangles,
    restLengths,
    stiffness: new Float64Array(triangles.length / 3).fill(1),
  };
}
