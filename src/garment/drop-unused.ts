import { isJson, type Json, list } from './read-glb.ts';

/**
 * Removes data that a garment does not need from a glTF header, in place, so that no code decodes it: animations,
 * cameras and lights, tangents, which would be wrong after fitting, and the meshes of nodes that the file hides
 * (`KHR_node_visibility`).
 *
 * @param json The header of a GLB; `checkReferences` must have accepted it.
 * @returns One sentence for the merchandiser for each hidden mesh.
 */
export function dropUnused(json: Json): string[] {
  delete json.animations;
  const nodes = list(json.nodes);
  const warnings = dropHidden(nodes);
  for (const node of nodes) {
    delete node.camera;
    delete node.extensions;
  }
  for (const { primitives } of list(json.meshes)) {
    for (const { attributes } of list(primitives)) {
      if (isJson(attributes)) delete attributes.TANGENT;
    }
  }
  return warnings;
}

/** Takes the meshes off hidden nodes and off all nodes below them, and returns a sentence for each. */
function dropHidden(nodes: readonly Json[]): string[] {
  const warnings: string[] = [];
  const hide = (node: Json): void => {
    if (node.mesh !== undefined)
      warnings.push(`node ${String(node.name ?? nodes.indexOf(node)).slice(0, 40)} is hidden: left out`);
    delete node.mesh;
    for (const child of Array.isArray(node.children) ? (node.children as number[]) : []) hide(nodes[child]);
  };
  for (const node of nodes) {
    const visibility = isJson(node.extensions) ? node.extensions.KHR_node_visibility : undefined;
    if (isJson(visibility) && visibility.visible === false) hide(node);
  }
  return warnings;
}
