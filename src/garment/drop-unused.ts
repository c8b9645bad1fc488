import { isJson, type Json, list } from './read-glb.ts';

/**
 * Removes from a glTF header, in place, what no garment shows, so that no code decodes it: animations, cameras and
 * lights, vertex colours, and tangents, which fitting would make wrong. Call after `checkReferences`.
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
