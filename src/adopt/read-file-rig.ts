import type { Node } from '@gltf-transform/core';
import { Matrix4, Quaternion, Vector3 } from 'three';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Rig } from './rig.ts';

/** Most joints: their indices have 16 bits. */
const MAX_JOINTS = 65_535;

/** A file's skeleton, and the nodes that it was read from. */
export interface FileRig {
  rig: Rig;
  /** Joint → its index in the rig. */
  numbers: Map<Node, number>;
  /** Node → matrix from its space to the scene's, in the file's unit. */
  worldMatrices: Map<Node, Matrix4>;
}

/**
 * Reads the joints of all skins and the nodes above them as one skeleton: names, parents and positions, in the rest
 * pose, space and unit of the file. Throws `FittingError` `garment-invalid` for more than 65,535 joints.
 *
 * @param nodes All nodes of the scene, parents before children.
 * @returns A skeleton with parents before children; without joints if no node has a skin.
 */
export function readFileRig(nodes: readonly Node[]): FileRig {
  const worldMatrices = new Map<Node, Matrix4>();
  for (const node of nodes) {
    const world = new Matrix4().compose(
      new Vector3().fromArray(node.getTranslation()),
      new Quaternion().fromArray(node.getRotation()),
      new Vector3().fromArray(node.getScale()),
    );
    const parent = node.getParentNode();
    const above = parent && worldMatrices.get(parent);
    worldMatrices.set(node, above ? world.premultiply(above) : world);
  }

  const numbers = new Map<Node, number>();
  const names: string[] = [];
  const parents: number[] = [];
  const positions: number[] = [];
  const add = (node: Node): number => {
    const known = numbers.get(node);
    if (known !== undefined) return known;
    const above = node.getParentNode();
    const parent = above ? add(above) : -1;
    const number = names.length;
    numbers.set(node, number);
    names.push(node.getName());
    parents.push(parent);
    // A joint that is not in the scene has no matrix: its position is the origin.
    positions.push(...new Vector3().setFromMatrixPosition(worldMatrices.get(node) ?? new Matrix4()).toArray());
    return number;
  };
  for (const node of nodes) if (node.getMesh()) node.getSkin()?.listJoints().forEach(add);
  if (names.length > MAX_JOINTS)
    throw garmentInvalid(
      `the skeleton has more than ${MAX_JOINTS} joints`,
      'export only the bones that carry the garment',
    );
  return {
    rig: { names, parents: Int32Array.from(parents), positions: Float32Array.from(positions) },
    numbers,
    worldMatrices,
  };
}
