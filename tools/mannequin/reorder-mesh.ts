import { MeshoptEncoder } from 'meshoptimizer';
import type { TriangleMesh } from './marching-tetrahedra.ts';

await MeshoptEncoder.ready;

/**
 * Returns the same mesh (metres) with triangles and vertices in an order in which a GPU reuses most computed vertices.
 */
export function reorderMesh(mesh: TriangleMesh): TriangleMesh {
  const indices = mesh.indices.slice();
  const [newIndices] = MeshoptEncoder.reorderMesh(indices, true, false);
  const positions = new Float64Array(mesh.positions.length);
  newIndices.forEach((to, from) => {
    for (let axis = 0; axis < 3; axis++) positions[3 * to + axis] = mesh.positions[3 * from + axis];
  });
  return { positions, indices };
}
