import type { Node } from '@gltf-transform/core';
import { Matrix4, Quaternion, Vector3 } from 'three';
import { garmentInvalid } from '../garment/garment-invalid.ts';
import type { Rig } from './rig.ts';

/** Joints are numbered in 16 bits. */
const MAX_JOINTS = 65_535;

export interface FileRig {
  rig: Rig;
  /** Number of each joint in the rig. */
  numbers: Map<Node, number>;
  /** From each node's space to the scene's, in the file's units. */
  worldMatrices: Map<Node, Matrix4>;
}

/**
 * Reads the joints of all skins and the nodes above them as one skeleton, parents first, in the file's rest pose and
 * units. Throws `FittingError` `garment-invalid` for too many joints.
 *
 * @param nodes All nodes of the scene, parents first.
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
    // A joint outside the scene that the file shows has no matrix: it stays at the origin.
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
