import { MeshoptEncoder } from 'meshoptimizer';
import type { TriangleMesh } from './marching-tetrahedra.ts';

await MeshoptEncoder.ready;

/** Puts triangles and vertices into the order in which a GPU reuses most of what it has just computed. The surface stays as it is. */
export function reorderMesh(mesh: TriangleMesh): TriangleMesh {
  const indices = mesh.indices.slice();
  const [places] = MeshoptEncoder.reorderMesh(indices, true, false);
  const positions = new Float64Array(mesh.positions.length);
  places.forEach((to, from) => {
    for (let axis = 0; axis < 3; axis++) positions[3 * to + axis] = mesh.positions[3 * from + axis];
  });
  return { positions, indices };
}
