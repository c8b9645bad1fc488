import { FittingError } from '../errors.ts';
import { checkRanges, elementBytes } from './check-ranges.ts';
import { checkReferences, isJson, type Json, list } from './check-references.ts';

/** Refused above this: a phone would run out of memory. */
export const MAX_BYTES = 64 * 1024 * 1024;
/**
 * Refused above this. A garment is bound once, in slices, but fitted anew in one go whenever the shopper's shape changes:
 * at 150 000 triangles that took 2 s and 0.1 s on a busy machine, at 480 000 up to 35 s and 0.9 s.
 */
export const MAX_TRIANGLES = 150_000;
/** Warned above these: slow to fetch or to fit on a phone. */
export const SOFT_BYTES = 4 * 1024 * 1024;
export const SOFT_TRIANGLES = 50_000;

/** Most bytes that a file's accessors may unpack to: a compressed bomb stays under it. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Vertices of one primitive: as many as all triangles can use. */
const MAX_VERTICES = 3 * MAX_TRIANGLES;
/** Drawn meshes: each is a draw call, twice a frame. */
const MAX_PARTS = 256;
/** Bones, meshes and what else hangs in the scene; the loader walks it by recursion. */
const MAX_NODES = 4096;
/** Sizes and further morphs of one mesh; no size table is longer. */
const MAX_TARGETS = 64;
/** Most bytes of the displacements of all morphs, each unpacked for itself (3 floats a vertex): 64 sizes of the largest garment with shared corners. */
const MAX_MORPH_BYTES = 128 * 1024 * 1024;

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

/** glTF's primitive modes. */
const TRIANGLES = 4;
const TRIANGLE_FAN = 6;

/** Extensions that a garment may require; others would draw it wrongly. */
const supportedExtensions = new Set([
  'EXT_meshopt_compression',
  'KHR_meshopt_compression',
  'KHR_mesh_quantization',
  'KHR_materials_variants',
  'KHR_texture_transform',
  'EXT_texture_webp',
  'KHR_materials_unlit',
  'KHR_materials_sheen',
  'KHR_materials_specular',
  'KHR_materials_ior',
  'KHR_materials_clearcoat',
]);

function invalid(reason: string, cause?: unknown): FittingError {
  return new FittingError('garment-invalid', reason, { cause });
}

/** What a look at the header says. */
export interface GlbFacts {
  json: Json;
  /** As drawn: a mesh that hangs at two nodes counts twice. */
  triangles: number;
  /** For the merchandiser. */
  warnings: string[];
}

/**
 * Reads the header of a GLB (glTF 2.0, binary container) and refuses, before anything is unpacked, what is no garment or
 * would cost too much. Throws `FittingError` `garment-invalid` with the reason. The geometry itself is read later, and
 * checked again there.
 */
export function checkGlb(file: ArrayBuffer): GlbFacts {
  if (file.byteLength > MAX_BYTES)
    throw invalid(`the file has ${megabytes(file.byteLength)} MB, more than ${megabytes(MAX_BYTES)} MB`);
  const json = readJson(file);

  for (const name of Array.isArray(json.extensionsRequired) ? json.extensionsRequired : []) {
    if (!supportedExtensions.has(String(name)))
      throw invalid(`the file requires ${String(name).slice(0, 60)}, which is not supported`);
  }
  for (const part of [...list(json.buffers), ...list(json.images)]) {
    if (part.uri !== undefined) throw invalid('the file refers to further files; pack everything into the one GLB');
  }
  if (json.meshes === undefined) throw invalid('the file has no mesh');
  checkReferences(json);
  if (list(json.nodes).length > MAX_NODES) throw invalid(`the file has more than ${MAX_NODES} nodes`);

  let unpacked = 0;
  for (const accessor of list(json.accessors)) {
    const bytes = Number(accessor.count) * elementBytes(accessor);
    if (!(bytes >= 0)) throw invalid('the file has a malformed accessor');
    unpacked += bytes;
  }
  for (const view of list(json.bufferViews)) {
    const extensions = isJson(view.extensions) ? view.extensions : {};
    for (const packed of Object.values(extensions)) {
      if (isJson(packed) && packed.count !== undefined) unpacked += Number(packed.count) * Number(packed.byteStride);
    }
  }
  if (!(unpacked <= MAX_UNPACKED_BYTES))
    throw invalid(`the geometry unpacks to more than ${megabytes(MAX_UNPACKED_BYTES)} MB`);

  const warnings: string[] = [];
  const triangles = countTriangles(json, warnings);
  if (triangles === 0) throw invalid('the file has no triangles');
  if (triangles > MAX_TRIANGLES)
    throw invalid(
      `the garment has ${triangles} triangles, more than ${MAX_TRIANGLES}, too many to fit it to a moving shopper`,
    );
  checkRanges(file, json);
  if (triangles > SOFT_TRIANGLES)
    warnings.push(`${triangles} triangles; more than ${SOFT_TRIANGLES} are slow on phones`);
  if (file.byteLength > SOFT_BYTES)
    warnings.push(
      `${(file.byteLength / 1024 / 1024).toFixed(1)} MB; more than ${SOFT_BYTES / 1024 / 1024} MB are slow to fetch`,
    );
  return { json, triangles, warnings };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

function readJson(file: ArrayBuffer): Json {
  const view = new DataView(file);
  if (file.byteLength < 20 || view.getUint32(0, true) !== GLB_MAGIC)
    throw invalid('the file is not a GLB (binary glTF)');
  if (view.getUint32(4, true) !== 2) throw invalid('the file is not glTF 2.0');
  const length = view.getUint32(12, true);
  if (
    view.getUint32(8, true) > file.byteLength ||
    view.getUint32(16, true) !== JSON_CHUNK ||
    20 + length > file.byteLength
  ) {
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

/** Triangles of all meshes, as often as nodes hang them in the scene; what else they cost is checked by the way. */
function countTriangles(json: Json, warnings: string[]): number {
  const accessors = list(json.accessors);
  const meshes = list(json.meshes);
  let triangles = 0;
  let parts = 0;
  let morphBytes = 0;
  for (const { mesh } of list(json.nodes)) {
    if (mesh === undefined) continue;
    for (const primitive of list(meshes[Number(mesh)].primitives)) {
      const mode = Number(primitive.mode ?? TRIANGLES);
      if (!Number.isInteger(mode) || mode < 0 || mode > TRIANGLE_FAN)
        throw invalid(`mesh ${mesh} has a primitive of an unknown mode`);
      if (mode < TRIANGLES) {
        const warning = `mesh ${mesh} has points or lines; they are left out`;
        if (!warnings.includes(warning)) warnings.push(warning);
        continue;
      }
      const attributes = isJson(primitive.attributes) ? primitive.attributes : {};
      const vertices = Number(accessors[Number(attributes.POSITION)]?.count ?? 0);
      if (vertices > MAX_VERTICES) throw invalid(`mesh ${mesh} has ${vertices} vertices, more than ${MAX_VERTICES}`);
      const corners = primitive.indices === undefined ? vertices : Number(accessors[Number(primitive.indices)].count);
      // Strips and fans have a triangle for each corner after the second.
      triangles += mode === TRIANGLES ? Math.floor(corners / 3) : Math.max(0, corners - 2);

      const targets = list(primitive.targets).length;
      if (targets > MAX_TARGETS) throw invalid(`mesh ${mesh} has ${targets} morph targets, more than ${MAX_TARGETS}`);
      morphBytes += 12 * vertices * targets;
      parts++;
    }
  }
  if (parts > MAX_PARTS) throw invalid(`the garment is made of ${parts} meshes, more than ${MAX_PARTS}`);
  if (morphBytes > MAX_MORPH_BYTES)
    throw invalid(
      `the sizes of the garment unpack to ${megabytes(morphBytes)} MB, more than ${megabytes(MAX_MORPH_BYTES)} MB`,
    );
  return triangles;
}
