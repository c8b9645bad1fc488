import type { Accessor, Node, Primitive, Skin } from '@gltf-transform/core';
import { Matrix4 } from 'three';
import { EXPORT_ANEW, garmentInvalid } from '../garment/garment-invalid.ts';

/** Joints of a vertex that are kept: those with the largest weights. */
const KEPT = 4;

/** Reads the skin of one primitive, vertex by vertex. */
export interface SkinReader {
  /**
   * Writes the 4 joints (indices into the rig) with the largest weights, and these weights (sum 1), of a vertex to both
   * arrays from index `offset` on. Sets `matrix` to the transform of the vertex into the file's rest pose, in which all
   * its joints count.
   */
  read(vertex: number, joints: Uint16Array, weights: Float32Array, offset: number, matrix: Matrix4): void;
}

/** What the joints of a skin are in the file's skeleton. */
export interface SkinSource {
  /** Name of the mesh, for errors. */
  name: string;
  /** Joint → its index in the rig. */
  numbers: ReadonlyMap<Node, number>;
  /** From each node's space to the scene's, in the file's units. */
  worldMatrices: ReadonlyMap<Node, Matrix4>;
}

/**
 * Creates the reader of a primitive's skin, of any number of joints a vertex (`JOINTS_0`, `JOINTS_1`, …: character
 * tools write eight). Throws `garment-invalid` for missing weights and weights that are all 0.
 */
export function readSkin(skin: Skin, primitive: Primitive, { name, numbers, worldMatrices }: SkinSource): SkinReader {
  const sets: { joints: Accessor; weights: Accessor }[] = [];
  for (let set = 0; ; set++) {
    const joints = primitive.getAttribute(`JOINTS_${set}`);
    const weights = primitive.getAttribute(`WEIGHTS_${set}`);
    if (!joints || !weights) break;
    sets.push({ joints, weights });
  }
  if (sets.length === 0)
    throw garmentInvalid(`mesh ${name} has no skin weights`, 'weight it, or export it without a skin');
  if (sets.every(({ weights }) => isAllZero(weights)))
    throw garmentInvalid(
      `mesh ${name} has skin weights that are all zero: it hangs on no bone`,
      'weight it, or export it without a skin',
    );
  const inverses = skin.getInverseBindMatrices();
  const bones = skin.listJoints();
  const matrices = bones.map((bone, j) => {
    const inverse = new Matrix4();
    if (inverses) inverse.fromArray(inverses.getElement(j, []));
    return new Matrix4().multiplyMatrices(worldMatrices.get(bone) ?? new Matrix4(), inverse);
  });
  const numberOf = bones.map((bone) => numbers.get(bone)!);
  const element: number[] = [0, 0, 0, 0];
  const jointElement: number[] = [0, 0, 0, 0];
  /** Joints of the skin that hold the vertex, and their weights. */
  const held: { joint: number; weight: number }[] = Array.from({ length: 4 * sets.length }, () => ({
    joint: 0,
    weight: 0,
  }));
  return {
    read(vertex, joints, weights, offset, matrix) {
      let sum = 0;
      sets.forEach((set, s) => {
        set.joints.getElement(vertex, jointElement);
        set.weights.getElement(vertex, element);
        for (let k = 0; k < 4; k++) {
          if (numberOf[jointElement[k]] === undefined)
            throw garmentInvalid(`mesh ${name} names a joint that its skin does not have`, EXPORT_ANEW);
          // A weight below 0 would move the vertex away from its joint.
          const weight = Math.max(0, element[k]);
          held[4 * s + k].joint = jointElement[k];
          held[4 * s + k].weight = weight;
          sum += weight;
        }
      });
      // A vertex whose weights are all 0 gets weight 1 for its first joint.
      if (!(sum > 0)) sum = held[0].weight = 1;
      matrix.elements.fill(0);
      for (const { joint, weight } of held)
        for (let e = 0; e < 16; e++) matrix.elements[e] += (matrices[joint].elements[e] * weight) / sum;
      if (sets.length > 1) held.sort((a, b) => b.weight - a.weight);
      let kept = 0;
      for (let k = 0; k < KEPT; k++) kept += held[k].weight;
      for (let k = 0; k < KEPT; k++) {
        weights[offset + k] = held[k].weight / kept;
        joints[offset + k] = numberOf[held[k].joint];
      }
    },
  };
}

function isAllZero(accessor: Accessor): boolean {
  const element: number[] = [];
  for (let i = 0; i < accessor.getCount(); i++) {
    accessor.getElement(i, element);
    if (element.some((value) => value !== 0)) return false;
  }
  return true;
}
