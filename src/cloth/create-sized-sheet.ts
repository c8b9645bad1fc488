import type { Garment } from '../garment/garment.ts';
import type { ClothSheet } from './connect-sheet.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';
import { isLikely } from './find-routes.ts';
import { layOutPattern } from './lay-out-pattern.ts';
import { measureRoute, ROUTE } from './measure-route.ts';
import { placeInSize } from './place-in-size.ts';

/**
 * Returns the sheet of a garment in one size, to simulate: the triangles of `mesh`, and the lengths of their sides,
 * metres: as the cloth is cut where the file tells the flat pattern, else as it models them. (The model has lost the
 * length of the folds that are finer than its vertices.)
 *
 * @param scale factor on the lengths.
 */
export function createSizedSheet(garment: Garment, mesh: ClothMesh, size: string, scale: number): ClothSheet {
  const { triangles, routes } = mesh;
  const places = placeInSize(garment, mesh, size);
  const flat = routes && layOutPattern(garment, size);
  const restLengths = new Float64Array(triangles.length);
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = 3 * triangles[t + k];
      const b = 3 * triangles[t + ((k + 1) % 3)];
      const modelled = Math.hypot(places[a] - places[b], places[a + 1] - places[b + 1], places[a + 2] - places[b + 2]);
      const route = ROUTE * (t + k);
      const cut = flat && routes[route] >= 0 ? measureRoute(flat, routes, route) : NaN;
      restLengths[t + k] = scale * (isLikely(cut, modelled) ? cut : modelled);
    }
  return {
    particleCount: mesh.vertices.length,
    triangles,
    restLengths,
    stiffness: new Float64Array(triangles.length / 3).fill(1),
  };
}
