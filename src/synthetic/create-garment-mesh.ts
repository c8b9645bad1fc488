import { BufferAttribute, BufferGeometry, DoubleSide, Matrix4, type Skeleton, SkinnedMesh } from 'three';
import { addLooks } from '../math/add-looks.ts';
import type { GarmentLayer } from './garment-layer.ts';

/**
 * Makes the mesh of one garment part: rest pose, metres, skinned to the bones of `skeleton`, which are in the order of
 * `boneNames`. The mesh has a copy of the part's material that shows the cloth from both sides whatever the file says.
 * The caller disposes of the geometry and of the copy.
 */
export function createGarmentMesh(layer: GarmentLayer, skeleton: Skeleton): SkinnedMesh {
  const { positions, normals, indices, skinIndices, skinWeights, material } = layer;
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new BufferAttribute(normals, 3));
  addLooks(geometry, layer);
  geometry.setAttribute('skinIndex', new BufferAttribute(skinIndices, 4));
  geometry.setAttribute('skinWeight', new BufferAttribute(skinWeights, 4));
  geometry.setIndex(new BufferAttribute(indices, 1));
  const twoSided = material.clone();
  twoSided.side = DoubleSide;
  const mesh = new SkinnedMesh(geometry, twoSided);
  mesh.bind(skeleton, new Matrix4());
  mesh.frustumCulled = false;
  return mesh;
}
