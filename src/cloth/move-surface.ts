import type { ClothMesh } from './create-cloth-mesh.ts';

/**
 * Moves each vertex as the particles around it have moved.
 *
 * @param mesh its `movers` and `shares` are read.
 * @param offsets 3 × particles: by how much they have moved, metres.
 * @param vertices 3 × vertices, metres; changed in place.
 */
export function moveSurface(
  { movers, shares }: Pick<ClothMesh, 'movers' | 'shares'>,
  offsets: Float64Array,
  vertices: Float64Array,
): void {
  for (let w = 0; w < movers.length; w += 3) {
    const a = 3 * movers[w];
    const b = 3 * movers[w + 1];
    const c = 3 * movers[w + 2];
    const sa = shares[w];
    const sb = shares[w + 1];
    const sc = shares[w + 2];
    vertices[w] += sa * offsets[a] + sb * offsets[b] + sc * offsets[c];
    vertices[w + 1] += sa * offsets[a + 1] + sb * offsets[b + 1] + sc * offsets[c + 1];
    vertices[w + 2] += sa * offsets[a + 2] + sb * offsets[b + 2] + sc * offsets[c + 2];
  }
}
