/**
 * Checks the JSON header of a garment file before any of its data is decompressed:
 *
 * 1. The file has at most 64 MB, is glTF 2.0, requires only supported extensions, and refers to no other file.
 * 2. All objects to which its objects refer by index exist (`checkReferences`). It has at most 4096 nodes.
 * 3. The bytes of its buffer views and accessors are inside the binary chunk (`checkRanges`).
 * 4. Its geometry has at most 512 MB when decompressed.
 * 5. It has 1 to 150,000 triangles, at most 256 primitives of at most 450,000 vertices and 64 morph targets each, and
 *    at most 128 MB of morph targets.
 */
import { checkRanges, elementBytes } from './check-ranges.ts';
import { checkReferences } from './check-references.ts';
import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { garmentExtras, isPrepared } from './prepared-format.ts';
import { type Glb, isJson, type Json, list } from './read-glb.ts';

/** Largest size of a file, bytes: with a larger one a phone would run out of memory. */
const MAX_BYTES = 64 * 1024 * 1024;
/**
 * Most triangles of a garment. Binding runs once, in slices between which the page draws, but fitting runs in one piece
 * whenever the shopper's shape changes. On a busy machine 150,000 triangles took 2 s to bind and 0.1 s to fit, 480,000
 * up to 35 s and 0.9 s.
 */
const MAX_TRIANGLES = 150_000;
/** Bytes and triangles above which the merchandiser is warned, because phones fetch or fit the garment slowly. */
const SOFT_BYTES = 4 * 1024 * 1024;
const SOFT_TRIANGLES = 50_000;

/** Most bytes of a file's geometry when decompressed, so that a small compressed file cannot fill the memory. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Most vertices of one primitive: as many as all triangles can use. */
export const MAX_VERTICES = 3 * MAX_TRIANGLES;
/** Most primitives as drawn: each costs two draw calls a frame. */
const MAX_MESHES = 256;
/** Most nodes of the file: the loader visits them by recursion, which needs stack memory. */
const MAX_NODES = 4096;
/** Most morph targets of one primitive, one for each size: more than size tables need. */
const MAX_TARGETS = 64;
/**
 * Most bytes of all morph targets when decompressed (3 floats a vertex): enough for 64 sizes of the largest garment if
 * its triangles share their vertices.
 */
const MAX_MORPH_BYTES = 128 * 1024 * 1024;

/** glTF's primitive modes: 0 to 3 are points and lines, 4 to 6 triangles. */
const TRIANGLES = 4;
const TRIANGLE_FAN = 6;

/** glTF extensions that a file may require. A file that requires any other is refused: it would be drawn wrongly. */
const supportedExtensions = new Set([
  'EXT_meshopt_compression',
  'KHR_meshopt_compression',
  'KHR_draco_mesh_compression',
  'KHR_mesh_quantization',
  'KHR_node_visibility',
  'KHR_materials_variants',
  'KHR_materials_pbrSpecularGlossiness',
  'KHR_texture_transform',
  'EXT_texture_webp',
  'KHR_materials_unlit',
  'KHR_materials_sheen',
  'KHR_materials_specular',
  'KHR_materials_ior',
  'KHR_materials_clearcoat',
  'KHR_materials_anisotropy',
  'KHR_materials_dispersion',
  'KHR_materials_emissive_strength',
  'KHR_materials_iridescence',
  'KHR_materials_transmission',
  'KHR_materials_volume',
]);

/** The remedy for too much geometry. */
const REDUCE = 'reduce the mesh (Blender: Decimate) or leave out what is not seen';

/** What `checkGlb` returns about an accepted file. */
export interface GlbFacts {
  /** Number of triangles as drawn: a mesh that two nodes refer to counts twice. */
  triangles: number;
  /** Soft limits exceeded, and ignored points and lines; one sentence each, for the merchandiser. */
  warnings: string[];
}

/**
 * Checks a garment file (steps above). Throws `FittingError` `garment-invalid` for the first check that fails. Does not
 * check coordinates, indices of vertices and weights: the code that reads them does.
 *
 * @param glb Its JSON header (untrusted), its binary chunk and the whole file. Not changed.
 */
export function checkGlb(glb: Glb): GlbFacts {
  const { json } = glb;
  const bytes = glb.file.byteLength;
  checkBytes(bytes);
  if (!isJson(json.asset) || !/^2\./.test(String(json.asset.version)))
    throw garmentInvalid("the file's asset.version is not that of glTF 2.0", EXPORT_ANEW);
  for (const name of Array.isArray(json.extensionsRequired) ? json.extensionsRequired : []) {
    if (!supportedExtensions.has(String(name)))
      throw garmentInvalid(
        `the file requires ${String(name).slice(0, 60)}, which is not supported`,
        'export without it (for small files compress with EXT_meshopt_compression)',
      );
    if (name === 'KHR_draco_mesh_compression' && isPrepared(garmentExtras(json)))
      throw garmentInvalid(
        'this prepared file was compressed with Draco, which rounds its binding to the body',
        'take the file as it was prepared; its geometry is compressed already',
      );
  }
  for (const source of [...list(json.buffers), ...list(json.images)]) {
    if (source.uri !== undefined)
      throw garmentInvalid(
        `the file refers to further files (${String(source.uri).slice(0, 60)})`,
        'pack everything into one GLB',
      );
  }
  if (json.meshes === undefined) throw garmentInvalid('the file has no mesh', 'export the garment, not only its rig');
  checkReferences(json);
  if (list(json.nodes).length > MAX_NODES)
    throw garmentInvalid(`the file has more than ${MAX_NODES} nodes`, 'export the garment alone, its meshes joined');

  let unpacked = 0;
  for (const accessor of list(json.accessors)) {
    const accessorBytes = Number(accessor.count) * elementBytes(accessor);
    if (!(accessorBytes >= 0)) throw garmentInvalid('the file has a malformed accessor', EXPORT_ANEW);
    unpacked += accessorBytes;
  }
  // Before the limits: a count that lies is a broken file, not too large a garment.
  checkRanges(glb);
  for (const view of list(json.bufferViews)) {
    const extensions = isJson(view.extensions) ? view.extensions : {};
    for (const packed of Object.values(extensions)) {
      if (isJson(packed) && packed.count !== undefined) unpacked += Number(packed.count) * Number(packed.byteStride);
    }
  }
  if (!(unpacked <= MAX_UNPACKED_BYTES))
    throw garmentInvalid(`the geometry unpacks to more than ${megabytes(MAX_UNPACKED_BYTES)} MB`, REDUCE);

  const warnings: string[] = [];
  const triangles = countTriangles(json, warnings);
  if (triangles === 0) throw garmentInvalid('the file has no triangles', 'export the garment as a mesh of triangles');
  if (triangles > MAX_TRIANGLES)
    throw garmentInvalid(
      `the garment has ${triangles} triangles, more than ${MAX_TRIANGLES}, too many to fit it to a moving shopper`,
      REDUCE,
    );
  if (triangles > SOFT_TRIANGLES)
    warnings.push(`${triangles} triangles; more than ${SOFT_TRIANGLES} are slow on phones`);
  if (bytes > SOFT_BYTES)
    warnings.push(`${(bytes / 1024 / 1024).toFixed(1)} MB; more than ${megabytes(SOFT_BYTES)} MB are slow to fetch`);
  return { triangles, warnings };
}

/** Throws `FittingError` `garment-invalid` when a file, or its part received so far, has more than 64 MB (`bytes`). */
export function checkBytes(bytes: number): void {
  if (bytes > MAX_BYTES)
    throw garmentInvalid(
      `the file has more than ${megabytes(MAX_BYTES)} MB`,
      'take smaller pictures and compress the geometry (EXT_meshopt_compression)',
    );
}

/** Returns bytes as whole megabytes (2²⁰ bytes). */
function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/**
 * Counts the triangles of all meshes, once for each node that refers to them, and adds warnings for points and lines.
 * Throws for a primitive of unknown mode and for too many vertices, primitives or morph targets (step 5).
 */
function countTriangles(json: Json, warnings: string[]): number {
  const accessors = list(json.accessors);
  const meshes = list(json.meshes);
  let triangles = 0;
  let meshCount = 0;
  let morphBytes = 0;
  for (const { mesh } of list(json.nodes)) {
    if (mesh === undefined) continue;
    for (const primitive of list(meshes[Number(mesh)].primitives)) {
      const mode = Number(primitive.mode ?? TRIANGLES);
      if (!Number.isInteger(mode) || mode < 0 || mode > TRIANGLE_FAN)
        throw garmentInvalid(`mesh ${mesh} has a primitive of an unknown mode`, EXPORT_ANEW);
      if (mode < TRIANGLES) {
        const warning = `mesh ${mesh} has points or lines; they are left out`;
        if (!warnings.includes(warning)) warnings.push(warning);
        continue;
      }
      const attributes = isJson(primitive.attributes) ? primitive.attributes : {};
      const vertices = Number(accessors[Number(attributes.POSITION)]?.count ?? 0);
      if (vertices > MAX_VERTICES)
        throw garmentInvalid(`mesh ${mesh} has ${vertices} vertices, more than ${MAX_VERTICES}`, REDUCE);
      const corners = primitive.indices === undefined ? vertices : Number(accessors[Number(primitive.indices)].count);
      // Strips and fans have a triangle for each corner after the second.
      triangles += mode === TRIANGLES ? Math.floor(corners / 3) : Math.max(0, corners - 2);

      const targets = list(primitive.targets).length;
      if (targets > MAX_TARGETS)
        throw garmentInvalid(
          `mesh ${mesh} has ${targets} morph targets, more than ${MAX_TARGETS}`,
          'export the sizes only',
        );
      morphBytes += 12 * vertices * targets;
      meshCount++;
    }
  }
  if (meshCount > MAX_MESHES)
    throw garmentInvalid(
      `the garment is made of ${meshCount} meshes, more than ${MAX_MESHES}`,
      'join those of one material',
    );
  if (morphBytes > MAX_MORPH_BYTES)
    throw garmentInvalid(
      `the sizes of the garment unpack to ${megabytes(morphBytes)} MB, more than ${megabytes(MAX_MORPH_BYTES)} MB`,
      REDUCE,
    );
  return triangles;
}
