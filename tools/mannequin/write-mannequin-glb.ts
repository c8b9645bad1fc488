import { BONE_COUNT, boneNames, boneParents, type Mannequin } from '../../src/mannequin/mannequin.ts';

const FLOAT = 5126;
const USHORT = 5123;
const UBYTE = 5121;

/** Collects buffer views and accessors. */
class BufferWriter {
  readonly views: object[] = [];
  readonly accessors: object[] = [];
  readonly chunks: Uint8Array[] = [];
  length = 0;

  view(data: ArrayBufferView, target?: number): number {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
    padded.set(bytes);
    this.views.push({ buffer: 0, byteOffset: this.length, byteLength: bytes.length, ...(target ? { target } : {}) });
    this.chunks.push(padded);
    this.length += padded.length;
    return this.views.length - 1;
  }

  accessor(
    data: ArrayBufferView,
    componentType: number,
    type: string,
    count: number,
    more: object = {},
    target?: number,
  ): number {
    this.accessors.push({ bufferView: this.view(data, target), componentType, type, count, ...more });
    return this.accessors.length - 1;
  }

  /** A VEC3 accessor that stores only the vertices that move. */
  sparse(data: Float32Array): number {
    const count = data.length / 3;
    const moving: number[] = [];
    for (let v = 0; v < count; v++) if (data[3 * v] || data[3 * v + 1] || data[3 * v + 2]) moving.push(v);
    const bounds = boundsOf(data);
    if (moving.length > count * 0.85) return this.accessor(data, FLOAT, 'VEC3', count, bounds);
    const values = Float32Array.from(moving.flatMap((v) => [data[3 * v]!, data[3 * v + 1]!, data[3 * v + 2]!]));
    this.accessors.push({
      componentType: FLOAT,
      type: 'VEC3',
      count,
      ...bounds,
      sparse: {
        count: moving.length,
        indices: { bufferView: this.view(Uint16Array.from(moving)), componentType: USHORT },
        values: { bufferView: this.view(values) },
      },
    });
    return this.accessors.length - 1;
  }
}

function boundsOf(data: Float32Array): { min: number[]; max: number[] } {
  const min = [Infinity, Infinity, Infinity];
  const max = [-Infinity, -Infinity, -Infinity];
  data.forEach((c, i) => {
    min[i % 3] = Math.min(min[i % 3]!, c);
    max[i % 3] = Math.max(max[i % 3]!, c);
  });
  return { min, max };
}

/** The mannequin as glTF 2.0 binary: one skinned mesh with morph targets; what glTF cannot say stands in the mesh's extras. */
export function writeMannequinGlb(mannequin: Mannequin): Uint8Array {
  const writer = new BufferWriter();
  const count = mannequin.positions.length / 3;
  const position = writer.accessor(mannequin.positions, FLOAT, 'VEC3', count, boundsOf(mannequin.positions), 34962);
  const normalAccessor = writer.accessor(mannequin.normals, FLOAT, 'VEC3', count, {}, 34962);
  const joints = writer.accessor(Uint8Array.from(mannequin.skinIndices), UBYTE, 'VEC4', count, {}, 34962);
  const weights = writer.accessor(mannequin.skinWeights, FLOAT, 'VEC4', count, {}, 34962);
  const indices = writer.accessor(mannequin.indices, USHORT, 'SCALAR', mannequin.indices.length, {}, 34963);
  const targets = mannequin.morphs.map((morph) => ({ POSITION: writer.sparse(morph.positions) }));
  const inverse = new Float32Array(16 * BONE_COUNT);
  for (let b = 0; b < BONE_COUNT; b++) {
    inverse.set(
      [
        1,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        1,
        0,
        -mannequin.joints[3 * b]!,
        -mannequin.joints[3 * b + 1]!,
        -mannequin.joints[3 * b + 2]!,
        1,
      ],
      16 * b,
    );
  }
  const inverseBindMatrices = writer.accessor(inverse, FLOAT, 'MAT4', BONE_COUNT);
  const round = (x: number): number => Math.round(x * 1e6) / 1e6;
  const bones = boneNames.map((name, b) => {
    const parent = boneParents[b]!;
    const translation = [0, 1, 2].map((k) =>
      round(mannequin.joints[3 * b + k]! - (parent < 0 ? 0 : mannequin.joints[3 * parent + k]!)),
    );
    const children = boneNames.map((_, c) => c).filter((c) => boneParents[c] === b);
    return { name, translation, ...(children.length ? { children } : {}) };
  });
  const json = {
    asset: { version: '2.0', generator: 'fitting-room make-mannequin' },
    scene: 0,
    scenes: [{ nodes: [0, BONE_COUNT] }],
    nodes: [...bones, { name: 'mannequin', mesh: 0, skin: 0 }],
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
        primitives: [
          {
            attributes: { POSITION: position, NORMAL: normalAccessor, JOINTS_0: joints, WEIGHTS_0: weights },
            indices,
            material: 0,
            targets,
          },
        ],
        weights: mannequin.morphs.map(() => 0),
        extras: {
          targetNames: mannequin.morphs.map((m) => m.name),
          mannequin: {
            statureMetres: round(mannequin.statureMetres),
            morphs: mannequin.morphs.map((m) => ({
              name: m.name,
              cmPerUnit: round(m.cmPerUnit),
              joints: Array.from(m.joints, round),
            })),
            sites: mannequin.sites.map((s) => ({
              landmark: s.landmark,
              bone: boneNames[s.bone],
              offset: s.offset.map(round),
              turnsWith: boneNames[s.turnsWith],
              follows: s.follows,
            })),
            presets: Object.fromEntries(
              Object.entries(mannequin.presets).map(([name, w]) => [name, Array.from(w, round)]),
            ),
          },
        },
      },
    ],
    accessors: writer.accessors,
    bufferViews: writer.views,
    buffers: [{ byteLength: writer.length }],
  };
  const text = new TextEncoder().encode(JSON.stringify(json));
  const textLength = Math.ceil(text.length / 4) * 4;
  const glb = new Uint8Array(12 + 8 + textLength + 8 + writer.length);
  const view = new DataView(glb.buffer);
  const header = [0x46546c67, 2, glb.length, textLength, 0x4e4f534a];
  header.forEach((word, i) => view.setUint32(4 * i, word, true));
  glb.fill(0x20, 20, 20 + textLength);
  glb.set(text, 20);
  view.setUint32(20 + textLength, writer.length, true);
  view.setUint32(24 + textLength, 0x004e4942, true);
  let at = 28 + textLength;
  for (const chunk of writer.chunks) {
    glb.set(chunk, at);
    at += chunk.length;
  }
  return glb;
}
