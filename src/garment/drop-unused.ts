import { isJson, type Json, list } from './read-glb.ts';

/**
 * Removes data that a garment does not need from a glTF header, in place, so that no code decodes it: animations,
 * cameras and lights, vertex colours (COLOR_0), and tangents, which would be wrong after fitting.
 *
 * @param json The header of a GLB; `checkReferences` must have accepted it.
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
