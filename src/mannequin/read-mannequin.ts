import { FittingError } from '../errors.ts';
import { BONE_COUNT, type BoneName, boneIndex, type Mannequin, type MorphName, morphNames } from './mannequin.ts';

interface Accessor {
  bufferView?: number;
  byteOffset?: number;
  componentType: number;
  normalized?: boolean;
  count: number;
  type: string;
  sparse?: {
    count: number;
    indices: { bufferView: number; byteOffset?: number; componentType: number };
    values: { bufferView: number; byteOffset?: number };
  };
}
interface BufferView {
  byteOffset?: number;
  byteLength: number;
  byteStride?: number;
}
interface Extras {
  statureMetres: number;
  morphs: { name: MorphName; cmPerUnit: number; joints: number[] }[];
  sites: { landmark: number; bone: BoneName; offset: [number, number, number]; turnsWith: BoneName; follows: number }[];
  presets: Record<string, number[]>;
}
interface Primitive {
  attributes: Record<string, number>;
  indices: number;
  targets: { POSITION: number }[];
}
interface Document {
  accessors: Accessor[];
  bufferViews: BufferView[];
  nodes: { name?: string; mesh?: number; scale?: number[]; translation?: number[] }[];
  skins: { joints: number[]; inverseBindMatrices: number }[];
  meshes: { primitives: Primitive[]; extras: { mannequin: Extras } }[];
}

const GLB_MAGIC = 0x46546c67;
const widths: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT4: 16 };
/** glTF component type → bytes, reader and the divisor of its normalised form. */
const components: Record<number, { bytes: number; read: (view: DataView, at: number) => number; most: number }> = {
  5120: { bytes: 1, read: (v, at) => v.getInt8(at), most: 127 },
  5121: { bytes: 1, read: (v, at) => v.getUint8(at), most: 255 },
  5122: { bytes: 2, read: (v, at) => v.getInt16(at, true), most: 32767 },
  5123: { bytes: 2, read: (v, at) => v.getUint16(at, true), most: 65535 },
  5125: { bytes: 4, read: (v, at) => v.getUint32(at, true), most: 4294967295 },
  5126: { bytes: 4, read: (v, at) => v.getFloat32(at, true), most: 1 },
};

/**
 * Reads the mannequin from its GLB (`assets/mannequin.glb`, written by `tools/make-mannequin.ts`). Pure; throws
 * `FittingError` `model-unreachable` when the bytes are not such a file.
 */
export function readMannequin(bytes: ArrayBuffer): Mannequin {
  try {
    return read(bytes);
  } catch (cause) {
    throw new FittingError(
      'model-unreachable',
      'The mannequin file is not a mannequin: rebuild it with tools/make-mannequin.ts.',
      { cause },
    );
  }
}

function read(bytes: ArrayBuffer): Mannequin {
  const view = new DataView(bytes);
  if (view.getUint32(0, true) !== GLB_MAGIC) throw new TypeError('not a GLB');
  const textLength = view.getUint32(12, true);
  const document = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 20, textLength))) as Document;
  const binary = new DataView(bytes, 28 + textLength, view.getUint32(20 + textLength, true));
  const mesh = document.meshes[0]!;
  const primitive = mesh.primitives[0]!;
  const extras = mesh.extras.mannequin;
  const list = (index: number): Float64Array => readAccessor(document, binary, index);
  const attribute = (name: string): Float64Array => list(primitive.attributes[name]!);

  const { scale, offset } = quantisation(document);
  const positions = Float32Array.from(attribute('POSITION'), (c, i) => c * scale + offset[i % 3]!);
  const morphs = extras.morphs.map((morph, i) => ({
    name: morph.name,
    cmPerUnit: morph.cmPerUnit,
    joints: Float32Array.from(morph.joints),
    positions: Float32Array.from(list(primitive.targets[i]!.POSITION), (c) => c * scale),
  }));
  if (morphs.length !== morphNames.length || morphs.some((morph, i) => morph.name !== morphNames[i]))
    throw new TypeError('unexpected morphs');
  for (const morph of morphs) {
    if (morph.joints.length !== 3 * BONE_COUNT || morph.positions.length !== positions.length)
      throw new TypeError(`the morph ${morph.name} displaces another number of joints or vertices than the body has`);
  }
  const joints = new Float32Array(3 * BONE_COUNT);
  const matrices = list(document.skins[0]!.inverseBindMatrices);
  for (let b = 0; b < BONE_COUNT; b++)
    for (let k = 0; k < 3; k++) joints[3 * b + k] = offset[k]! - matrices[16 * b + 12 + k]!;
  const skinWeights = Float32Array.from(attribute('WEIGHTS_0'));
  for (let v = 0; v < skinWeights.length; v += 4) {
    const sum = skinWeights[v]! + skinWeights[v + 1]! + skinWeights[v + 2]! + skinWeights[v + 3]!;
    for (let i = 0; i < 4; i++) skinWeights[v + i]! /= sum;
  }
  return {
    positions,
    normals: unit(Float32Array.from(attribute('NORMAL'))),
    indices: Uint16Array.from(list(primitive.indices)),
    skinIndices: Uint16Array.from(attribute('JOINTS_0')),
    skinWeights,
    joints,
    morphs,
    sites: extras.sites.map((site) => ({
      landmark: site.landmark,
      bone: boneIndex[site.bone],
      offset: site.offset,
      turnsWith: boneIndex[site.turnsWith],
      follows: site.follows,
    })),
    presets: Object.fromEntries(
      Object.entries(extras.presets).map(([name, weights]) => [name, Float32Array.from(weights)]),
    ),
    statureMetres: extras.statureMetres,
  };
}

/** Quantised positions are undone by the inverse bind matrices (glTF ignores the node's own transform on a skinned mesh): one scale, one offset. */
function quantisation(document: Document): { scale: number; offset: [number, number, number] } {
  const node = document.nodes.find((n) => n.mesh === 0);
  const [x = 0, y = 0, z = 0] = node?.translation ?? [];
  return { scale: node?.scale?.[0] ?? 1, offset: [x, y, z] };
}

function unit(normals: Float32Array): Float32Array {
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i]!, normals[i + 1]!, normals[i + 2]!) || 1;
    for (let k = 0; k < 3; k++) normals[i + k]! /= length;
  }
  return normals;
}

function readAccessor(document: Document, binary: DataView, index: number): Float64Array {
  const accessor = document.accessors[index]!;
  const width = widths[accessor.type]!;
  const component = components[accessor.componentType]!;
  const divisor = accessor.normalized ? component.most : 1;
  const result = new Float64Array(accessor.count * width);
  if (accessor.bufferView !== undefined) {
    const view = document.bufferViews[accessor.bufferView]!;
    const start = (view.byteOffset ?? 0) + (accessor.byteOffset ?? 0);
    const stride = view.byteStride ?? component.bytes * width;
    for (let i = 0; i < accessor.count; i++)
      for (let k = 0; k < width; k++)
        result[i * width + k] = component.read(binary, start + i * stride + k * component.bytes) / divisor;
  }
  if (accessor.sparse) {
    const { count, indices, values } = accessor.sparse;
    const indexComponent = components[indices.componentType]!;
    const indexStart = (document.bufferViews[indices.bufferView]!.byteOffset ?? 0) + (indices.byteOffset ?? 0);
    const valueStart = (document.bufferViews[values.bufferView]!.byteOffset ?? 0) + (values.byteOffset ?? 0);
    for (let i = 0; i < count; i++) {
      const at = indexComponent.read(binary, indexStart + i * indexComponent.bytes);
      for (let k = 0; k < width; k++)
        result[at * width + k] = component.read(binary, valueStart + (i * width + k) * component.bytes) / divisor;
    }
  }
  return result;
}
