import type { TriangleMesh } from './marching-tetrahedra.ts';

/** The piece of a mesh with the most triangles: drops bubbles that blending leaves inside a body. */
export function largestPiece(mesh: TriangleMesh): TriangleMesh {
  const count = mesh.positions.length / 3;
  const parent = Int32Array.from({ length: count }, (_, v) => v);
  const find = (v: number): number => {
    while (parent[v] !== v) v = parent[v] = parent[parent[v]!]!;
    return v;
  };
  for (let f = 0; f < mesh.indices.length; f += 3) {
    parent[find(mesh.indices[f]!)] = find(mesh.indices[f + 1]!);
    parent[find(mesh.indices[f]!)] = find(mesh.indices[f + 2]!);
  }
  const sizes = new Map<number, number>();
  for (let f = 0; f < mesh.indices.length; f += 3)
    sizes.set(find(mesh.indices[f]!), (sizes.get(find(mesh.indices[f]!)) ?? 0) + 1);
  const [largest] = [...sizes].reduce((a, b) => (b[1] > a[1] ? b : a));
  const renamed = new Int32Array(count).fill(-1);
  const positions: number[] = [];
  for (let v = 0; v < count; v++) {
    if (find(v) !== largest) continue;
    renamed[v] = positions.length / 3;
    positions.push(mesh.positions[3 * v]!, mesh.positions[3 * v + 1]!, mesh.positions[3 * v + 2]!);
  }
  return {
    positions: Float64Array.from(positions),
    indices: mesh.indices.filter((v) => renamed[v]! >= 0).map((v) => renamed[v]!),
  };
}
