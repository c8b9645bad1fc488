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
 * Extensions that are read and written again: geometry's own, and those of materials and pictures that three.js draws.
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

/** Reads and writes GLBs in memory, in Node and in the browser. `checkGlb` has refused files that refer to others. */
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
 * Reads a GLB, which `checkGlb` has accepted, as a glTF-Transform document, with compressed geometry unpacked. Rejects
 * with an error of the library's for data that it cannot read. Changes `json`.
 */
export async function readDocument({ json, binary }: Pick<Glb, 'json' | 'binary'>): Promise<Document> {
  await MeshoptDecoder.ready;
  renameMeshopt(json);
  // Where there is no binary chunk, accessors have no data and are all zero.
  const resources: Record<string, Uint8Array<ArrayBuffer>> = binary.byteLength > 0 ? { [GLB_BUFFER]: binary } : {};
  return new MemoryIO().readJSON({ json: json as unknown as GLTF.IGLTF, resources });
}

/**
 * The Khronos version of the meshopt extension has the older one's layout, and its data the same decoder; the library
 * knows the older name only.
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
