import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  Matrix4,
  MeshStandardMaterial,
  type Skeleton,
  SkinnedMesh,
  type Texture,
} from 'three';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { dressPerson, PersonLayer, PersonLayerGeometry } from './dress-person.ts';
import { headUvs } from './head-uvs.ts';
import type { PersonColors } from './person-colors.ts';

/** The mesh of one layer of a person: skin, hair or a piece of clothes. */
export type PersonMesh = SkinnedMesh<BufferGeometry, MeshStandardMaterial>;

/** Looks and skeleton of the meshes. */
export interface PersonMeshesOptions {
  /** CSS colour of each layer but the body, which has the texture `face`. */
  colors: PersonColors;
  /** Texture of skin and face (`createFaceTexture`). */
  face: Texture;
  /** Its bones are in the order of `boneNames`. */
  skeleton: Skeleton;
}

/** Roughness of each layer's material: 0 mirrors, 1 is matt. */
export const layerRoughnesses: Record<PersonLayer, number> = {
  body: 0.62,
  top: 0.95,
  shorts: 0.9,
  shoes: 0.7,
  hair: 0.75,
};

/**
 * Makes one mesh (rest pose, metres) for each layer of a person (`dressPerson`), all skinned to one skeleton. Each
 * layer has the mannequin's vertices and a coverage for each vertex (0..1, drawn above 0.5): the mesh leaves out
 * triangles without coverage, and for all layers but the body an alpha test cuts the others. Returns the meshes by
 * layer. The caller disposes of each mesh's geometry and material.
 */
export function createPersonMeshes(
  mannequin: Mannequin,
  layers: ReturnType<typeof dressPerson>,
  { colors, face, skeleton }: PersonMeshesOptions,
): Map<PersonLayer, PersonMesh> {
  const skinIndex = new BufferAttribute(mannequin.skinIndices, 4);
  const skinWeight = new BufferAttribute(mannequin.skinWeights, 4);
  const meshes = new Map<PersonLayer, PersonMesh>();
  for (const layer of layers) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(layer.positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(layer.normals, 3));
    geometry.setAttribute('skinIndex', skinIndex);
    geometry.setAttribute('skinWeight', skinWeight);
    geometry.setIndex(new BufferAttribute(selectTriangles(mannequin.indices, layer.cover), 1));
    if (layer.layer === 'body') geometry.setAttribute('uv', new BufferAttribute(headUvs(mannequin), 2));
    else geometry.setAttribute('color', createCoverColors(layer.cover));
    const mesh = new SkinnedMesh(geometry, createMaterial(layer.layer, colors, face));
    mesh.bind(skeleton, new Matrix4());
    mesh.frustumCulled = false;
    meshes.set(layer.layer, mesh);
  }
  return meshes;
}

/** Creates the material of one layer. */
function createMaterial(layer: PersonLayer, colors: PersonColors, face: Texture): MeshStandardMaterial {
  const roughness = layerRoughnesses[layer];
  if (layer === 'body') return new MeshStandardMaterial({ map: face, roughness });
  return new MeshStandardMaterial({
    color: colors[layer],
    roughness,
    side: DoubleSide,
    // The alpha of the vertex colours is the coverage: the alpha test cuts the layer's edge smoothly within triangles.
    vertexColors: true,
    alphaTest: 0.5,
  });
}

/** Makes white vertex colours, 4 × vertices (RGBA, 0..1), whose alpha is the coverage. */
function createCoverColors(cover: PersonLayerGeometry['cover']): BufferAttribute {
  const rgba = new Float32Array(4 * cover.length).fill(1);
  cover.forEach((alpha, v) => {
    rgba[4 * v + 3] = alpha;
  });
  return new BufferAttribute(rgba, 4);
}

/**
 * Returns the triangles with at least one vertex whose coverage is above 0.5, as vertex indices: a layer has all
 * vertices of the body, and most layers cover few of them.
 */
function selectTriangles(indices: Mannequin['indices'], cover: Float32Array): Uint16Array | Uint32Array {
  return indices.filter((_, i) => {
    const first = i - (i % 3);
    return [0, 1, 2].some((k) => cover[indices[first + k]] > 0.5);
  });
}
