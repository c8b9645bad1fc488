import { FittingError } from '../errors.ts';

/** Refused above these: a phone would stall or run out of memory. */
export const MAX_BYTES = 64 * 1024 * 1024;
export const MAX_TRIANGLES = 500_000;
/** Warned above these: slow to fetch or to fit on a phone. */
export const SOFT_BYTES = 4 * 1024 * 1024;
export const SOFT_TRIANGLES = 50_000;

/** Most bytes that a file's accessors may unpack to: a compressed bomb stays under it. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

const TRIANGLES = 4;
const COMPONENT_BYTES: Record<number, number> = { 5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, 5126: 4 };
const COMPONENTS: Record<string, number> = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 };

/** Extensions that a garment may require; others would draw it wrongly. */
const supportedExtensions = new Set([
  'EXT_meshopt_compression', 'KHR_meshopt_compression', 'KHR_mesh_quantization', 'KHR_materials_variants', 'KHR_texture_transform', 'EXT_texture_webp',
  'KHR_materials_unlit', 'KHR_materials_sheen', 'KHR_materials_specular', 'KHR_materials_ior', 'KHR_materials_clearcoat',
]);

type Json = Record<string, unknown>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
const invalid = (reason: string, cause?: unknown): FittingError =>
  new FittingError('garment-invalid', reason, { cause });

/** What a look at the header says. */
export interface GlbFacts {
  json: Json;
  triangles: number;
}

/**
 * Reads the header of a GLB (glTF 2.0, binary container) and refuses, before anything is unpacked, what is no garment or
 * would cost too much. Throws `FittingError` `garment-invalid` with the reason. The geometry itself is read later, and
 * checked again there.
 */
export function checkGlb(file: ArrayBuffer): GlbFacts {
  if (file.byteLength > MAX_BYTES) throw invalid(`the file has ${megabytes(file.byteLength)} MB, more than ${megabytes(MAX_BYTES)} MB`);
  const json = readJson(file);

  for (const name of Array.isArray(json.extensionsRequired) ? json.extensionsRequired : []) {
    if (!supportedExtensions.has(String(name))) throw invalid(`the file requires ${String(name).slice(0, 60)}, which is not supported`);
  }
  for (const part of [...list(json.buffers), ...list(json.images)]) {
    if (part.uri !== undefined) throw invalid('the file refers to further files; pack everything into the one GLB');
  }
  if (list(json.meshes).length === 0) throw invalid('the file has no mesh');

  const accessors = list(json.accessors);
  let unpacked = 0;
  for (const { count, type, componentType } of accessors) {
    const bytes = Number(count) * (COMPONENTS[String(type)] ?? NaN) * (COMPONENT_BYTES[Number(componentType)] ?? NaN);
    if (!(bytes >= 0)) throw invalid('the file has a malformed accessor');
    unpacked += bytes;
  }
  for (const view of list(json.bufferViews)) {
    const extensions = isJson(view.extensions) ? view.extensions : {};
    for (const packed of Object.values(extensions)) {
      if (isJson(packed) && packed.count !== undefined) unpacked += Number(packed.count) * Number(packed.byteStride);
    }
  }
  if (!(unpacked <= MAX_UNPACKED_BYTES)) throw invalid(`the geometry unpacks to more than ${megabytes(MAX_UNPACKED_BYTES)} MB`);

  const triangles = countTriangles(json, accessors);
  if (triangles === 0) throw invalid('the file has no triangles');
  if (triangles > MAX_TRIANGLES) throw invalid(`the garment has ${triangles} triangles, more than ${MAX_TRIANGLES}`);
  return { json, triangles };
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);

function readJson(file: ArrayBuffer): Json {
  const view = new DataView(file);
  if (file.byteLength < 20 || view.getUint32(0, true) !== GLB_MAGIC) throw invalid('the file is not a GLB (binary glTF)');
  if (view.getUint32(4, true) !== 2) throw invalid('the file is not glTF 2.0');
  const length = view.getUint32(12, true);
  if (view.getUint32(8, true) > file.byteLength || view.getUint32(16, true) !== JSON_CHUNK || 20 + length > file.byteLength) {
    throw invalid('the file is cut off');
  }
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(new Uint8Array(file, 20, length)));
  } catch (cause) {
    throw invalid('the GLB header is not JSON', cause);
  }
  if (!isJson(json)) throw invalid('the GLB header is not an object');
  return json;
}

function countTriangles(json: Json, accessors: Json[]): number {
  let triangles = 0;
  for (const mesh of list(json.meshes)) {
    for (const primitive of list(mesh.primitives)) {
      if ((primitive.mode ?? TRIANGLES) !== TRIANGLES) continue;
      const attributes = isJson(primitive.attributes) ? primitive.attributes : {};
      const accessor = accessors[Number(primitive.indices ?? attributes.POSITION)];
      triangles += Math.floor(Number(accessor?.count ?? 0) / 3);
    }
  }
  return triangles;
}
