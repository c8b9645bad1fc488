import type { TriangleMesh } from './marching-tetrahedra.ts';

/**
 * Returns for each vertex of a triangle mesh the numbers of the vertices that share an edge with it, in ascending
 * order.
 */
export function neighboursOf(mesh: TriangleMesh): number[][] {
  const neighbours: Set<number>[] = Array.from({ length: mesh.positions.length / 3 }, () => new Set<number>());
  const { indices } = mesh;
  for (let t = 0; t < indices.length; t += 3)
    for (let k = 0; k < 3; k++) {
      const a = indices[t + k]!;
      const b = indices[t + ((k + 1) % 3)]!;
      neighbours[a]!.add(b);
      neighbours[b]!.add(a);
    }
  return neighbours.map((set) => [...set].sort((a, b) => a - b));
}
