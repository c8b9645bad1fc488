import { checkRanges, elementBytes } from './check-ranges.ts';
import { checkReferences } from './check-references.ts';
import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { type Glb, isJson, type Json, list } from './read-glb.ts';

/** Largest file: with a larger one a phone would run out of memory. */
const MAX_BYTES = 64 * 1024 * 1024;
/**
 * Most triangles. A garment is bound once, in slices, but fitted in one piece whenever the shopper's shape changes. On
 * a busy machine 150,000 triangles took 2 s to bind and 0.1 s to fit, 480,000 up to 35 s and 0.9 s.
 */
const MAX_TRIANGLES = 150_000;
/** Above these a phone is slow to fetch or to fit the garment: a warning. */
const SOFT_BYTES = 4 * 1024 * 1024;
const SOFT_TRIANGLES = 50_000;

/** Most bytes that a file's accessors may unpack to, so that a small compressed file cannot fill the memory. */
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;

/** Most vertices of one primitive: as many as all triangles can use. */
export const MAX_VERTICES = 3 * MAX_TRIANGLES;
/** Most meshes: each is a draw call, twice a frame. */
const MAX_MESHES = 256;
/** Most nodes of the scene: the loader walks them by recursion. */
const MAX_NODES = 4096;
/** Most morph targets of one mesh; no size table is longer. */
const MAX_TARGETS = 64;
/**
 * Most bytes of all morph targets when unpacked (3 floats a vertex): 64 sizes of the largest garment with shared
 * corners.
 */
const MAX_MORPH_BYTES = 128 * 1024 * 1024;

/** glTF's primitive modes. */
const TRIANGLES = 4;
const TRIANGLE_FAN = 6;

/** Extensions that a garment may require. A file that requires others would be drawn wrongly. */
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

const REDUCE = 'reduce the mesh (Blender: Decimate) or leave out what is not seen';

/** What `checkGlb` finds out about an accepted file. */
export interface GlbFacts {
  /** Number of triangles as drawn: a mesh that two nodes show counts twice. */
  triangles: number;
  /** For the merchandiser. */
  warnings: string[];
}

/**
 * Checks the JSON header of a garment file before any of its data is unpacked:
 *
 * 1. The file is not too large, requires no unknown extension and refers to no other file.
 * 2. All indices by which its objects refer to each other exist (`checkReferences`).
 * 3. Its geometry does not unpack to too many bytes.
 * 4. It has triangles, and not too many triangles, vertices, meshes and morph targets.
 * 5. Buffer views and accessors lie in its binary chunk (`checkRanges`).
 *
 * Throws `FittingError` `garment-invalid`. The values of the geometry are checked by the code that reads them.
 */
export function checkGlb(glb: Glb): GlbFacts {
  const { json } = glb;
  const bytes = glb.file.byteLength;
  checkBytes(bytes);
  for (const name of Array.isArray(json.extensionsRequired) ? json.extensionsRequired : []) {
    if (!supportedExtensions.has(String(name)))
      throw garmentInvalid(
        `the file requires ${String(name).slice(0, 60)}, which is not supported`,
        'export without it (for small files compress with EXT_meshopt_compression)',
      );
  }
  for (const source of [...list(json.buffers), ...list(json.images)]) {
    if (source.uri !== undefined)
      throw garmentInvalid('the file refers to further files', 'pack everything into the GLB');
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
  checkRanges(glb);
  if (triangles > SOFT_TRIANGLES)
    warnings.push(`${triangles} triangles; more than ${SOFT_TRIANGLES} are slow on phones`);
  if (bytes > SOFT_BYTES)
    warnings.push(`${(bytes / 1024 / 1024).toFixed(1)} MB; more than ${megabytes(SOFT_BYTES)} MB are slow to fetch`);
  return { triangles, warnings };
}

/** Throws `FittingError` `garment-invalid` when a file, or what has arrived of it, has too many bytes. */
export function checkBytes(bytes: number): void {
  if (bytes > MAX_BYTES)
    throw garmentInvalid(
      `the file has more than ${megabytes(MAX_BYTES)} MB`,
      'take smaller pictures and compress the geometry (EXT_meshopt_compression)',
    );
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 1024 / 1024);
}

/**
 * Counts the triangles of all meshes, once for each node that shows them. Checks numbers of vertices, meshes and
 * morphs.
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
