import { type Document, type Extension, GLB_BUFFER, type GLTF, Logger, PlatformIO } from '@gltf-transform/core';
import {
  EXTMeshoptCompression,
  EXTTextureAVIF,
  EXTTextureWebP,
  KHRMaterialsAnisotropy,
  KHRMaterialsClearcoat,
  KHRMaterialsDispersion,
  KHRMaterialsEmissiveStrength,
  KHRMaterialsIOR,
  KHRMaterialsIridescence,
  KHRMaterialsPBRSpecularGlossiness,
  KHRMaterialsSheen,
  KHRMaterialsSpecular,
  KHRMaterialsTransmission,
  KHRMaterialsUnlit,
  KHRMaterialsVariants,
  KHRMaterialsVolume,
  KHRMeshQuantization,
  KHRTextureBasisu,
  KHRTextureTransform,
} from '@gltf-transform/extensions';
import { MeshoptDecoder } from 'meshoptimizer/decoder';
import { type Glb, isJson, type Json, list } from '../garment/read-glb.ts';

/**
 * glTF extensions that are read and written again: those of geometry, and those of materials and pictures that three.js
 * draws.
 */
const extensions: (typeof Extension)[] = [
  EXTMeshoptCompression,
  EXTTextureAVIF,
  EXTTextureWebP,
  KHRMaterialsAnisotropy,
  KHRMaterialsClearcoat,
  KHRMaterialsDispersion,
  KHRMaterialsEmissiveStrength,
  KHRMaterialsIOR,
  KHRMaterialsIridescence,
  KHRMaterialsPBRSpecularGlossiness,
  KHRMaterialsSheen,
  KHRMaterialsSpecular,
  KHRMaterialsTransmission,
  KHRMaterialsUnlit,
  KHRMaterialsVariants,
  KHRMaterialsVolume,
  KHRMeshQuantization,
  KHRTextureBasisu,
  KHRTextureTransform,
];

/**
 * glTF-Transform's reader and writer of GLBs that are in memory, for Node and the browser. Reading a file that refers
 * to another file rejects; `checkGlb` has refused it before.
 */
export class MemoryIO extends PlatformIO {
  constructor() {
    super();
    this.setLogger(new Logger(Logger.Verbosity.SILENT))
      .registerExtensions(extensions)
      .registerDependencies({ 'meshopt.decoder': MeshoptDecoder });
  }

  protected override readURI(uri: string): Promise<never> {
    return Promise.reject(new Error(`the file refers to ${uri}`));
  }

  protected override resolve(_base: string, path: string): string {
    return path;
  }

  protected override dirname(): string {
    return '';
  }
}

/**
 * Reads a GLB that `checkGlb` has accepted, its JSON header and its binary chunk, into a glTF-Transform document, and
 * decompresses its geometry. Changes `json`: renames the meshopt extension. Rejects with glTF-Transform's error for
 * data that it cannot read.
 */
export async function readDocument({ json, binary }: Pick<Glb, 'json' | 'binary'>): Promise<Document> {
  await MeshoptDecoder.ready;
  renameMeshopt(json);
  // Without a binary chunk the accessors have no data, and all their values are 0.
  const resources: Record<string, Uint8Array<ArrayBuffer>> = binary.byteLength > 0 ? { [GLB_BUFFER]: binary } : {};
  return new MemoryIO().readJSON({ json: json as unknown as GLTF.IGLTF, resources });
}

/**
 * Renames `KHR_meshopt_compression` to `EXT_meshopt_compression` in a header, in place. Both have the same layout and
 * the same decoder, but the library knows only the older name, EXT.
 */
function renameMeshopt(json: Json): void {
  const [from, to] = ['KHR_meshopt_compression', 'EXT_meshopt_compression'];
  for (const holder of [...list(json.buffers), ...list(json.bufferViews)]) {
    if (!isJson(holder.extensions) || !(from in holder.extensions)) continue;
    holder.extensions[to] ??= holder.extensions[from];
    delete holder.extensions[from];
  }
  for (const key of ['extensionsUsed', 'extensionsRequired']) {
    const names = json[key];
    if (Array.isArray(names)) json[key] = [...new Set(names.map((name) => (name === from ? to : name)))];
  }
}
