import type { Accessor, Document, Node, Primitive, Skin } from '@gltf-transform/core';
import { Matrix3, Matrix4, Vector3 } from 'three';
import type { GarmentMesh } from '../garment/garment.ts';
import { EXPORT_ANEW, garmentInvalid } from '../garment/garment-invalid.ts';
import { readFileRig } from './read-file-rig.ts';
import { readTriangles } from './read-triangles.ts';
import type { Rig } from './rig.ts';

const matrix = new Matrix4();
const normalMatrix = new Matrix3();
const vector = new Vector3();
const element: number[] = [0, 0, 0, 0];

/** A mesh as the file has it, in the file's own rest pose, units and bones. */
export interface FilePart extends Omit<GarmentMesh, 'skinIndices'> {
  /** 4 × vertices: indices into the rig's joints; null where the mesh hangs on none. */
  joints: Uint16Array | null;
}

export interface FileParts {
  parts: FilePart[];
  /** By part: the primitive that it was read from, with its material and colour variants. */
  primitives: Primitive[];
  /** All joints that skins of the file name, and the nodes above them. */
  rig: Rig;
}

/**
 * Reads every triangle mesh of the scene that a document shows: node and bind transforms baked in (so that skinned vertices
 * lie where the file's own rest pose puts them, and quantisation is undone), with the file's joints and size morphs by name.
 * A mesh without a skin below a joint (a button) goes with that joint. Throws `FittingError` `garment-invalid` for a broken
 * mesh.
 */
export function readFileParts(document: Document): FileParts {
  const root = document.getRoot();
  const scene = root.getDefaultScene() ?? root.listScenes()[0];
  const nodes: Node[] = [];
  // Parents first, children in the order of the file.
  const collect = (node: Node): void => {
    nodes.push(node);
    node.listChildren().forEach(collect);
  };
  scene.listChildren().forEach(collect);

  const { rig, numbers, worldMatrices } = readFileRig(nodes);
  const parts: FilePart[] = [];
  const primitives: Primitive[] = [];
  for (const node of nodes) {
    for (const [p, primitive] of (node.getMesh()?.listPrimitives() ?? []).entries()) {
      const source = { node, primitive, name: nameOf(node, p), numbers, worldMatrices };
      const part = readPart(source);
      if (!part) continue;
      parts.push(part);
      primitives.push(primitive);
    }
  }
  if (parts.length === 0)
    throw garmentInvalid('the scene shows no mesh', 'export the garment in the scene that is shown');
  return { parts, primitives, rig };
}

function nameOf(node: Node, primitive: number): string {
  const name = node.getMesh()?.getName() || node.getName() || 'mesh';
  return primitive === 0 ? name : `${name}_${primitive}`;
}

interface PartSource {
  node: Node;
  primitive: Primitive;
  name: string;
  /** Number of each joint in the rig. */
  numbers: ReadonlyMap<Node, number>;
  worldMatrices: ReadonlyMap<Node, Matrix4>;
}

/** Null for points and lines. */
function readPart({ node, primitive, name, numbers, worldMatrices }: PartSource): FilePart | null {
  const position = primitive.getAttribute('POSITION');
  if (!position) throw garmentInvalid(`mesh ${name} has no vertices`, EXPORT_ANEW);
  const triangles = readTriangles(primitive, position.getCount(), name);
  if (!triangles) return null;
  const { indices, used } = triangles;
  const count = used.length;
  const normal = primitive.getAttribute('NORMAL');
  const uv = primitive.getAttribute('TEXCOORD_0');
  const skin = node.getSkin();
  const holder = skin ? undefined : holderOf(node, numbers);
  const weights = skin ? readSkin(skin, primitive, { name, numbers, worldMatrices }) : null;

  const joints = weights || holder !== undefined ? new Uint16Array(4 * count) : null;
  const skinWeights = new Float32Array(4 * count);
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const targets = primitive.listTargets().flatMap((target) => {
    const source = target.getAttribute('POSITION');
    const size = target.getName();
    return source && size.startsWith('size:')
      ? [{ size: size.slice('size:'.length), source, deltas: new Float32Array(3 * count) }]
      : [];
  });

  for (let i = 0; i < count; i++) {
    const from = used[i];
    if (weights && joints) {
      weights.read(from, joints, skinWeights, 4 * i);
    } else {
      matrix.copy(worldMatrices.get(node)!);
      if (joints) joints[4 * i] = holder!;
      skinWeights[4 * i] = 1;
    }
    readVector(position, from)
      .applyMatrix4(matrix)
      .toArray(positions, 3 * i);
    normalMatrix.setFromMatrix4(matrix);
    for (const { source, deltas } of targets)
      readVector(source, from)
        .applyMatrix3(normalMatrix)
        .toArray(deltas, 3 * i);
    if (normal)
      readVector(normal, from)
        .applyMatrix3(normalMatrix.invert().transpose())
        .normalize()
        .toArray(normals, 3 * i);
  }
  const uvs = uv && Float32Array.from({ length: 2 * count }, (_, i) => uv.getElement(used[i >> 1], element)[i & 1]);
  const sizes = Object.fromEntries(targets.map(({ size, deltas }) => [size, deltas]));
  for (const data of [positions, normals, skinWeights, ...(uvs ? [uvs] : []), ...Object.values(sizes)]) {
    if (!data.every(Number.isFinite))
      throw garmentInvalid(`mesh ${name} has coordinates that are not numbers`, EXPORT_ANEW);
  }
  return { name, positions, normals, uvs, indices, joints, skinWeights, sizes };
}

function readVector(accessor: Accessor, i: number): Vector3 {
  return vector.fromArray(accessor.getElement(i, element));
}

/** The joint that a mesh without a skin hangs from. */
function holderOf(node: Node, numbers: ReadonlyMap<Node, number>): number | undefined {
  for (let above = node.getParentNode(); above; above = above.getParentNode())
    if (numbers.has(above)) return numbers.get(above);
  return undefined;
}

interface SkinReader {
  /**
   * Writes joints and weights of a vertex, which sum to 1, from `offset` on, and sets `matrix` to its transform into the
   * rest pose.
   */
  read(vertex: number, joints: Uint16Array, weights: Float32Array, offset: number): void;
}

function readSkin(
  skin: Skin,
  primitive: Primitive,
  { name, numbers, worldMatrices }: Pick<PartSource, 'name' | 'numbers' | 'worldMatrices'>,
): SkinReader {
  const skinJoints = primitive.getAttribute('JOINTS_0');
  const skinWeights = primitive.getAttribute('WEIGHTS_0');
  if (!skinJoints || !skinWeights)
    throw garmentInvalid(`mesh ${name} has no skin weights`, 'weight it, or export it without a skin');
  if (isAllZero(skinWeights))
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
  const corner = [0, 0, 0, 0];
  return {
    read(vertex, joints, weights, offset) {
      skinJoints.getElement(vertex, corner);
      skinWeights.getElement(vertex, element);
      let sum = 0;
      for (let k = 0; k < 4; k++) sum += Math.abs(element[k]);
      matrix.elements.fill(0);
      for (let k = 0; k < 4; k++) {
        const joint = corner[k];
        if (numberOf[joint] === undefined)
          throw garmentInvalid(`mesh ${name} names a joint that its skin does not have`, EXPORT_ANEW);
        // A vertex without any weight goes with the first joint.
        weights[offset + k] = sum > 0 ? element[k] / sum : k === 0 ? 1 : 0;
        joints[offset + k] = numberOf[joint];
        for (let e = 0; e < 16; e++) matrix.elements[e] += matrices[joint].elements[e] * weights[offset + k];
      }
    },
  };
}

function isAllZero(accessor: Accessor): boolean {
  for (let i = 0; i < accessor.getCount(); i++) {
    accessor.getElement(i, element);
    if (element.some((value) => value !== 0)) return false;
  }
  return true;
}
