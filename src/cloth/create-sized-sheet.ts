import type { Garment } from '../garment/garment.ts';
import type { ClothSheet } from './connect-sheet.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';

/**
 * Returns the sheet of a garment in one size, to simulate: the triangles of `mesh`, and the lengths of their sides as
 * the file models them, metres. A size without a displacement of its own has the shape of the base size.
 *
 * @param scale factor on the lengths.
 */
export function createSizedSheet(
  { parts }: Garment,
  { triangles, sources }: ClothMesh,
  size: string,
  scale: number,
): ClothSheet {
  const coordinate = (particle: number, axis: number): number => {
    const { part, vertex } = sources[particle];
    const { positions, sizes } = parts[part];
    return positions[3 * vertex + axis] + (Object.hasOwn(sizes, size) ? sizes[size][3 * vertex + axis] : 0);
  };
  const restLengths = new Float64Array(triangles.length);
  for (let t = 0; t < triangles.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = triangles[t + k];
      const b = triangles[t + ((k + 1) % 3)];
      const [x, y, z] = [0, 1, 2].map((axis) => coordinate(a, axis) - coordinate(b, axis));
      restLengths[t + k] = scale * Math.hypot(x, y, z);
    }
  return {
    particleCount: sources.length,
    triangles,
    restLengths,
    stiffness: new Float64Array(triangles.length / 3).fill(1),
  };
}
