/**
 * Writes the mannequin as binary glTF 2.0 (GLB).
 *
 * 1. Collect the buffer: vertices, triangles, skin, and one sparse displacement for each morph.
 * 2. Describe it as glTF: one skinned mesh with morph targets. Data for which glTF has no field (the morphs'
 *    centimetres and joints, landmark sites, presets) are in the mesh's `extras`.
 * 3. Pack both as GLB.
 *
 * Written by hand rather than by glTF-Transform, whose layout would change the bytes of the committed file.
 */
import { BONE_COUNT, boneNames, boneParents, type Mannequin } from '../../src/mannequin/mannequin.ts';

// Numbers of glTF: component types and targets of a buffer view.
const FLOAT = 5126;
const UNSIGNED_SHORT = 5123;
const UNSIGNED_BYTE = 5121;
const ARRAY_BUFFER = 34962;
const ELEMENT_ARRAY_BUFFER = 34963;

/** A morph that moves a larger share of the vertices is stored densely, since sparse storage would be larger. */
const MAX_SPARSE_SHARE = 0.85;

/** An accessor and its data: `count` elements of `type`, whose components are of `componentType`. */
interface AccessorOptions {
  data: ArrayBufferView;
  componentType: number;
  type: 'SCALAR' | 'VEC3' | 'VEC4' | 'MAT4';
  count: number;
  bounds?: Bounds;
  /** Target of the buffer view, one of the numbers above. */
  target?: number;
}

/** Smallest and largest values of each component, metres. */
interface Bounds {
  min: number[];
  max: number[];
}

/** Collects buffer views and accessors. */
class BufferWriter {
  readonly views: object[] = [];
  readonly accessors: object[] = [];
  /** Each padded to a multiple of four bytes. */
  readonly chunks: Uint8Array[] = [];
  /** Bytes of all chunks. */
  byteLength = 0;

  /** Appends bytes as a buffer view and returns its number. */
  addView(data: ArrayBufferView, target?: number): number {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    this.views.push({
      buffer: 0,
      byteOffset: this.byteLength,
      byteLength: bytes.length,
      ...(target ? { target } : {}),
    });
    this.chunks.push(padded);
    this.byteLength += padded.length;
    return this.views.length - 1;
  }

  /** Appends data as an accessor with a buffer view and returns its number. */
  addAccessor({ data, componentType, type, count, bounds, target }: AccessorOptions): number {
    this.accessors.push({ bufferView: this.addView(data, target), componentType, type, count, ...bounds });
    return this.accessors.length - 1;
  }

  /** Adds displacements, 3 × vertices, as an accessor that stores only the vertices that move. Returns its number. */
  addDisplacements(data: Float32Array): number {
    const count = data.length / 3;
    const moving: number[] = [];
    for (let v = 0; v < count; v++) if (data[3 * v] || data[3 * v + 1] || data[3 * v + 2]) moving.push(v);
    const bounds = boundsOf(data);
    if (moving.length > count * MAX_SPARSE_SHARE)
      return this.addAccessor({ data, componentType: FLOAT, type: 'VEC3', count, bounds });
    const values = Float32Array.from(moving.flatMap((v) => [data[3 * v]!, data[3 * v + 1]!, data[3 * v + 2]!]));
    this.accessors.push({
      componentType: FLOAT,
      type: 'VEC3',
      count,
      ...bounds,
      sparse: {
        count: moving.length,
        indices: { bufferView: this.addView(Uint16Array.from(moving)), componentType: UNSIGNED_SHORT },
        values: { bufferView: this.addView(values) },
      },
    });
    return this.accessors.length - 1;
  }
}

/** Returns the bounds of points, 3 values each. */
function boundsOf(data: Float32Array): Bounds {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  data.forEach((c, i) => {
    min[i % 3] = Math.min(min[i % 3]!, c);
    max[i % 3] = Math.max(max[i % 3]!, c);
  });
  return { min, max };
}

/** Returns the bytes of the GLB file. `mannequin`: mesh, skin, joints, morphs, landmark sites and presets; metres. */
export function writeMannequinGlb(mannequin: Mannequin): Uint8Array {
  const { positions, normals, skinIndices, skinWeights, indices, morphs } = mannequin;
  const writer = new BufferWriter();
  const count = positions.length / 3;
  const target = ARRAY_BUFFER;
  const attributes = {
    POSITION: writer.addAccessor({
      data: positions,
      componentType: FLOAT,
      type: 'VEC3',
      count,
      bounds: boundsOf(positions),
      target,
    }),
    NORMAL: writer.addAccessor({ data: normals, componentType: FLOAT, type: 'VEC3', count, target }),
    JOINTS_0: writer.addAccessor({
      data: Uint8Array.from(skinIndices),
      componentType: UNSIGNED_BYTE,
      type: 'VEC4',
      count,
      target,
    }),
    WEIGHTS_0: writer.addAccessor({ data: skinWeights, componentType: FLOAT, type: 'VEC4', count, target }),
  };
  const triangles = writer.addAccessor({
    data: indices,
    componentType: UNSIGNED_SHORT,
    type: 'SCALAR',
    count: indices.length,
    target: ELEMENT_ARRAY_BUFFER,
  });
  const targets = morphs.map((morph) => ({ POSITION: writer.addDisplacements(morph.positions) }));
  const inverseBindMatrices = writer.addAccessor({
    data: inverseBindMatricesOf(mannequin),
    componentType: FLOAT,
    type: 'MAT4',
    count: BONE_COUNT,
  });
  const json = {
    asset: { version: '2.0', generator: 'fitting-room make-mannequin' },
    scene: 0,
    scenes: [{ nodes: [0, BONE_COUNT] }],
    nodes: [...boneNodes(mannequin), { name: 'mannequin', mesh: 0, skin: 0 }],
    skins: [{ joints: boneNames.map((_, b) => b), inverseBindMatrices, skeleton: 0 }],
    materials: [
      {
        name: 'skin',
        pbrMetallicRoughness: { baseColorFactor: [0.86, 0.84, 0.81, 1], metallicFactor: 0, roughnessFactor: 0.6 },
      },
    ],
    meshes: [
      {
        name: 'mannequin',
        primitives: [{ attributes, indices: triangles, material: 0, targets }],
        weights: morphs.map(() => 0),
        extras: { targetNames: morphs.map(({ name }) => name), mannequin: extrasOf(mannequin) },
      },
    ],
    accessors: writer.accessors,
    bufferViews: writer.views,
    buffers: [{ byteLength: writer.byteLength }],
  };
  return packGlb(json, writer);
}

/** Rounds to six digits after the point. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Returns the inverse bind matrices, 16 × bones, column by column. In the rest pose bones are only translated. */
function inverseBindMatricesOf({ joints }: Mannequin): Float32Array {
  const matrices = new Float32Array(16 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) {
    const [x, y, z] = joints.subarray(3 * b, 3 * b + 3) as unknown as [number, number, number];
    matrices.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1], 16 * b);
  }
  return matrices;
}

/** Returns the glTF nodes of the bones, translated from their parents, metres. Their numbers are those of the bones. */
function boneNodes({ joints }: Mannequin): object[] {
  return boneNames.map((name, b) => {
    const parent = boneParents[b]!;
    const translation = [0, 1, 2].map((k) => round(joints[3 * b + k]! - (parent < 0 ? 0 : joints[3 * parent + k]!)));
    const children = boneNames.map((_, c) => c).filter((c) => boneParents[c] === b);
    return { name, translation, ...(children.length ? { children } : {}) };
  });
}

/** Returns the data for which glTF has no field. */
function extrasOf({ statureMetres, morphs, sites, presets }: Mannequin): object {
  return {
    statureMetres: round(statureMetres),
    morphs: morphs.map(({ name, cmPerUnit, joints }) => ({
      name,
      cmPerUnit: round(cmPerUnit),
      joints: Array.from(joints, round),
    })),
    sites: sites.map((site) => ({
      landmark: site.landmark,
      bone: boneNames[site.bone],
      offset: site.offset.map(round),
      turnsWith: boneNames[site.turnsWith],
      follows: site.follows,
    })),
    presets: Object.fromEntries(Object.entries(presets).map(([name, weights]) => [name, Array.from(weights, round)])),
  };
}

/** Step 3. The JSON is padded with spaces to a multiple of four bytes. */
function packGlb(json: object, { chunks, byteLength }: BufferWriter): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textLength = Math.ceil(text.length / 4) * 4;
  const glb = new Uint8Array(12 + 8 + textLength + 8 + byteLength);
  const view = new DataView(glb.buffer);
  // Magic number, version, length of the file; then length and type of the JSON chunk.
  const header = [0x46546c67, 2, glb.length, textLength, 0x4e4f534a];
  header.forEach((word, i) => view.setUint32(4 * i, word, true));
  glb.fill(0x20, 20, 20 + textLength);
  glb.set(text, 20);
  // Length and type of the binary chunk.
  view.setUint32(20 + textLength, byteLength, true);
  view.setUint32(24 + textLength, 0x004e4942, true);
  let offset = 28 + textLength;
  for (const chunk of chunks) {
    glb.set(chunk, offset);
    offset += chunk.length;
  }
  return glb;
}
