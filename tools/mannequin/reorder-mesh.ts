import { MeshoptEncoder } from 'meshoptimizer';
import type { TriangleMesh } from './marching-tetrahedra.ts';

await MeshoptEncoder.ready;

/** The same mesh with triangles and vertices in an order that lets a GPU reuse most of the vertices it has computed. */
export function reorderMesh(mesh: TriangleMesh): TriangleMesh {
  const indices = mesh.indices.slice();
  const [newIndices] = MeshoptEncoder.reorderMesh(indices, true, false);
  const positions = new Float64Array(mesh.positions.length);
  newIndices.forEach((to, from) => {
    for (let axis = 0; axis < 3; axis++) positions[3 * to + axis] = mesh.positions[3 * from + axis];
  });
  return { positions, indices };
}
