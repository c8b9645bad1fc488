import type { TriangleMesh } from './marching-tetrahedra.ts';

/** Vertex neighbours as flat lists. */
export function neighboursOf(mesh: TriangleMesh): number[][] {
  const sets: Set<number>[] = Array.from({ length: mesh.positions.length / 3 }, () => new Set<number>());
  const { indices } = mesh;
  for (let f = 0; f < indices.length; f += 3)
    for (let e = 0; e < 3; e++) {
      const a = indices[f + e]!;
      const b = indices[f + ((e + 1) % 3)]!;
      sets[a]!.add(b);
      sets[b]!.add(a);
    }
  return sets.map((s) => [...s].sort((a, b) => a - b));
}
