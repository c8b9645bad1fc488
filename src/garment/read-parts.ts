import {
  type BufferAttribute,
  type InterleavedBufferAttribute,
  type Material,
  Matrix3,
  Matrix4,
  type Mesh,
  type Object3D,
  type SkinnedMesh,
  Vector3,
} from 'three';
import type { GLTF, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import type { Rig } from '../adopt/rig.ts';
import { FittingError } from '../errors.ts';
import type { GarmentPart } from './garment.ts';

type Attribute = BufferAttribute | InterleavedBufferAttribute;

const matrix = new Matrix4();
const normalMatrix = new Matrix3();
const vector = new Vector3();
function invalid(reason: string): FittingError {
  return new FittingError('garment-invalid', reason);
}

/** A mesh as the file has it, in the file's own rest pose, units and bones. */
export interface FilePart extends Omit<GarmentPart, 'skinIndices'> {
  /** 4 × vertices: indices into the rig's joints; null where the mesh hangs on none. */
  joints: Uint16Array | null;
}

export interface FileParts {
  parts: FilePart[];
  /** Every joint that a skin of the file names, and what those hang from. */
  rig: Rig;
}

/**
 * Every triangle mesh of a loaded file: node and bind transforms baked in (skinned vertices go to where the file's own
 * rest pose puts them, which also undoes quantisation), with the file's joints, size morphs and colour variants by name.
 * A mesh without a skin that hangs from a joint (a button) goes with that. Throws `FittingError` `garment-invalid` when a
 * mesh is broken.
 */
export async function readParts(gltf: GLTF): Promise<FileParts> {
  gltf.scene.updateMatrixWorld(true);
  const meshes: Mesh[] = [];
  gltf.scene.traverse((object) => {
    if ((object as Mesh).isMesh) meshes.push(object as Mesh);
  });
  if (meshes.length === 0) throw invalid('the scene shows no mesh');
  const { rig, numbers } = readRig(meshes);
  return { parts: await Promise.all(meshes.map((mesh) => readPart(mesh, numbers, gltf.parser))), rig };
}

/** The skeleton of all skins together, parents first. */
function readRig(meshes: Mesh[]): { rig: Rig; numbers: Map<Object3D, number> } {
  const numbers = new Map<Object3D, number>();
  const names: string[] = [];
  const parents: number[] = [];
  const positions: number[] = [];
  const add = (node: Object3D): number => {
    const known = numbers.get(node);
    if (known !== undefined) return known;
    const parent = node.parent?.parent ? add(node.parent) : -1;
    const number = names.length;
    numbers.set(node, number);
    // The loader rewrites node names and keeps the file's own in `userData`.
    names.push(String(node.userData.name ?? node.name));
    parents.push(parent);
    positions.push(...vector.setFromMatrixPosition(node.matrixWorld).toArray());
    return number;
  };
  for (const mesh of meshes) if ((mesh as SkinnedMesh).isSkinnedMesh) (mesh as SkinnedMesh).skeleton.bones.forEach(add);
  if (names.length > 65535) throw invalid('the skeleton has more than 65535 joints');
  return { rig: { names, parents: Int32Array.from(parents), positions: Float32Array.from(positions) }, numbers };
}

/** The joint that a mesh without a skin hangs from. */
function holderOf(mesh: Mesh, numbers: Map<Object3D, number>): number | undefined {
  for (let node: Object3D | null = mesh.parent; node; node = node.parent)
    if (numbers.has(node)) return numbers.get(node);
  return undefined;
}

async function readPart(mesh: Mesh, numbers: Map<Object3D, number>, parser: GLTFParser): Promise<FilePart> {
  const { geometry } = mesh;
  const skeleton = (mesh as SkinnedMesh).isSkinnedMesh ? (mesh as SkinnedMesh).skeleton : null;
  const holder = skeleton ? undefined : holderOf(mesh, numbers);
  const { position, normal, uv, skinIndex, skinWeight } = geometry.attributes as Record<string, Attribute | undefined>;
  if (!position) throw invalid(`mesh ${mesh.name} has no vertices`);
  const { indices, used } = readIndices(mesh, position.count);
  const count = used.length;

  if (skeleton && (!skinIndex || !skinWeight)) throw invalid(`mesh ${mesh.name} has no skin weights`);
  const jointNumbers = skeleton?.bones.map((bone) => numbers.get(bone)!);
  const joints = skeleton || holder !== undefined ? new Uint16Array(4 * count) : null;
  const skinWeights = new Float32Array(4 * count);
  const positions = new Float32Array(3 * count);
  const normals = new Float32Array(3 * count);
  const targets = readSizeNames(mesh).map(([name, target]) => ({
    name,
    source: geometry.morphAttributes.position![target],
    deltas: new Float32Array(3 * count),
  }));
  const jointMatrices = skeleton?.bones.map((bone, j) =>
    new Matrix4().multiplyMatrices(bone.matrixWorld, skeleton.boneInverses[j]),
  );

  for (let i = 0; i < count; i++) {
    const from = used[i];
    if (jointNumbers && jointMatrices) {
      matrix.elements.fill(0);
      for (let k = 0; k < 4; k++) {
        const joint = skinIndex!.getComponent(from, k);
        const weight = skinWeight!.getComponent(from, k);
        if (jointNumbers[joint] === undefined)
          throw invalid(`mesh ${mesh.name} names a joint that its skin does not have`);
        addScaled(matrix, jointMatrices[joint], weight);
        joints![4 * i + k] = jointNumbers[joint];
        skinWeights[4 * i + k] = weight;
      }
    } else {
      matrix.copy(mesh.matrixWorld);
      if (joints) joints[4 * i] = holder!;
      skinWeights[4 * i] = 1;
    }
    vector
      .fromBufferAttribute(position, from)
      .applyMatrix4(matrix)
      .toArray(positions, 3 * i);
    normalMatrix.setFromMatrix4(matrix);
    for (const { source, deltas } of targets)
      vector
        .fromBufferAttribute(source, from)
        .applyMatrix3(normalMatrix)
        .toArray(deltas, 3 * i);
    if (normal)
      vector
        .fromBufferAttribute(normal, from)
        .applyMatrix3(normalMatrix.invert().transpose())
        .normalize()
        .toArray(normals, 3 * i);
  }
  const uvs = uv ? readUvs(uv, used) : null;
  for (const data of [positions, normals, skinWeights, ...(uvs ? [uvs] : []), ...targets.map(({ deltas }) => deltas)]) {
    if (data.some((value) => !Number.isFinite(value)))
      throw invalid(`mesh ${mesh.name} has coordinates that are not numbers`);
  }

  return {
    name: mesh.name,
    positions,
    normals,
    uvs,
    indices,
    joints,
    skinWeights,
    sizes: Object.fromEntries(targets.map(({ name, deltas }) => [name, deltas])),
    material: mesh.material as Material,
    variants: await readVariants(mesh, parser),
  };
}

/** `target += source × weight`, all elements. */
function addScaled(target: Matrix4, source: Matrix4, weight: number): void {
  for (let e = 0; e < 16; e++) target.elements[e] += source.elements[e] * weight;
}

/** Morph targets named `size:NAME`, as [NAME, index of the target]. */
function readSizeNames(mesh: Mesh): [string, number][] {
  return Object.entries(mesh.morphTargetDictionary ?? {})
    .filter(([name]) => name.startsWith('size:'))
    .map(([name, index]) => [name.slice('size:'.length), index]);
}

/** The mesh's triangles, over only those of its vertices that they use: meshes of one file often share one row of vertices. */
function readIndices(
  { geometry: { index }, name }: Mesh,
  count: number,
): { indices: Uint16Array | Uint32Array; used: number[] } {
  const length = Math.floor((index ? index.count : count) / 3) * 3;
  const numbers = new Int32Array(count).fill(-1);
  const used: number[] = [];
  const indices = new Uint32Array(length);
  for (let i = 0; i < length; i++) {
    const vertex = index ? index.getX(i) : i;
    if (!(vertex < count)) throw invalid(`mesh ${name} has a triangle outside its vertices`);
    if (numbers[vertex] < 0) numbers[vertex] = used.push(vertex) - 1;
    indices[i] = numbers[vertex];
  }
  return { indices: used.length > 65535 ? indices : Uint16Array.from(indices), used };
}

function readUvs(uv: Attribute, used: readonly number[]): Float32Array {
  const uvs = new Float32Array(2 * used.length);
  used.forEach((from, i) => {
    uvs[2 * i] = uv.getX(from);
    uvs[2 * i + 1] = uv.getY(from);
  });
  return uvs;
}

/** Colour name → material, by `KHR_materials_variants`, which three.js hands on but does not apply. */
async function readVariants(mesh: Mesh, parser: GLTFParser): Promise<Record<string, Material>> {
  const names = variantNames(parser);
  const extension = mesh.userData.gltfExtensions?.KHR_materials_variants as
    | { mappings?: { material: number; variants: number[] }[] }
    | undefined;
  const variants: Record<string, Material> = {};
  for (const { material, variants: of } of extension?.mappings ?? []) {
    // The loader adapts a material to its mesh (missing tangents turn the normal map's y): let it do so here too.
    const swatch = mesh.clone();
    swatch.material = (await parser.getDependency('material', material)) as Material;
    parser.assignFinalMaterial(swatch);
    for (const index of of) if (names[index] !== undefined) variants[names[index]] = swatch.material as Material;
  }
  return variants;
}

/** The file's colour variants in its own order. */
export function variantNames(parser: GLTFParser): string[] {
  const declared = parser.json.extensions?.KHR_materials_variants?.variants as { name?: unknown }[] | undefined;
  return Array.isArray(declared) ? declared.map(({ name }) => String(name)) : [];
}
