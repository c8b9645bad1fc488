import { isJson, type Json, list } from './read-glb.ts';

/**
 * Removes from a glTF header, in place, what no garment shows: animations, cameras, lights; tangents, which go stale when a
 * size is fitted; and vertex colours. So no reader decodes them. Call after `checkReferences`.
 */
export function dropUnused(json: Json): void {
  delete json.animations;
  for (const node of list(json.nodes)) {
    delete node.camera;
    delete node.extensions;
  }
  for (const { primitives } of list(json.meshes)) {
    for (const { attributes } of list(primitives)) {
      if (!isJson(attributes)) continue;
      delete attributes.TANGENT;
      delete attributes.COLOR_0;
    }
  }
}
