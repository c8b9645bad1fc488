import type { Garment } from '../garment/garment.ts';
import type { ClothMesh } from './create-cloth-mesh.ts';

/**
 * Returns where the file models the particles of a garment in one size, 3 × particles, metres. A size without a
 * displacement of its own has the shape of the base size.
 */
export function placeInSize({ parts }: Garment, { sources }: Pick<ClothMesh, 'sources'>, size: string): Float64Array {
  const places = new Float64Array(3 * sources.length);
  sources.forEach(({ part, vertex }, particle) => {
    const { positions, sizes } = parts[part];
    const moves = Object.hasOwn(sizes, size) ? sizes[size] : null;
    for (let k = 0; k < 3; k++)
      places[3 * particle + k] = positions[3 * vertex + k] + (moves ? moves[3 * vertex + k] : 0);
  });
  return places;
}
