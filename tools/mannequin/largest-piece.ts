import type { TriangleMesh } from './marching-tetrahedra.ts';

/**
 * Returns the connected piece of a mesh (3 × vertices, metres; three vertices for each triangle) that has the most
 * triangles, its vertices and triangles in their order. Removes the bubbles that blending leaves inside a body.
 */
export function largestPiece(mesh: TriangleMesh): TriangleMesh {
  const { positions, indices } = mesh;
  const count = positions.length / 3;
  /** Union–find: vertices with the same root are connected. */
  const parent = Int32Array.from({ length: count }, (_, v) => v);
  const root = (v: number): number => {
    while (parent[v] !== v) v = parent[v] = parent[parent[v]!]!;
    return v;
  };
  for (let t = 0; t < indices.length; t += 3) {
    parent[root(indices[t]!)] = root(indices[t + 1]!);
    parent[root(indices[t]!)] = root(indices[t + 2]!);
  }
  const triangleCounts = new Map<number, number>();
  for (let t = 0; t < indices.length; t += 3)
    triangleCounts.set(root(indices[t]!), (triangleCounts.get(root(indices[t]!)) ?? 0) + 1);
  const [largest] = [...triangleCounts].reduce((a, b) => (b[1] > a[1] ? b : a));
  const newIndex = new Int32Array(count).fill(-1);
  const kept: number[] = [];
  for (let v = 0; v < count; v++) {
    if (root(v) !== largest) continue;
    newIndex[v] = kept.length / 3;
    kept.push(positions[3 * v]!, positions[3 * v + 1]!, positions[3 * v + 2]!);
  }
  return {
    positions: Float64Array.from(kept),
    indices: indices.filter((v) => newIndex[v]! >= 0).map((v) => newIndex[v]!),
  };
}
