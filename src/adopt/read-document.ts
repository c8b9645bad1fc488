import { type Document, type Extension, GLB_BUFFER, type GLTF, Logger, PlatformIO } from '@gltf-transform/core';
import {
  EXTMeshoptCompression,
  EXTTextureAVIF,
  EXTTextureWebP,
  KHRDracoMeshCompression,
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
import { garmentInvalid } from '../garment/garment-invalid.ts';
import { type Glb, isJson, type Json, list } from '../garment/read-glb.ts';

/** The extension that is registered only for files that use it: its decoder is large. */
const DRACO = 'KHR_draco_mesh_compression';

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
 *
 * @param readAsset Resolves to the bytes of a file of the room, for Draco's decoder (`PrepareOptions`).
 */
export async function readDocument(
  { json, binary }: Pick<Glb, 'json' | 'binary'>,
  readAsset?: (path: string) => Promise<ArrayBuffer>,
): Promise<Document> {
  await MeshoptDecoder.ready;
  renameMeshopt(json);
  const io = new MemoryIO();
  if (Array.isArray(json.extensionsUsed) && json.extensionsUsed.includes(DRACO)) {
    if (!readAsset) throw garmentInvalid('the file is compressed with Draco', 'export it without Draco');
    const { loadDraco } = await import('./load-draco.ts');
    io.registerExtensions([KHRDracoMeshCompression]).registerDependencies({
      'draco3d.decoder': await loadDraco(readAsset),
    });
  }
  // Without a binary chunk the accessors have no data, and all their values are 0.
  const resources: Record<string, Uint8Array<ArrayBuffer>> = binary.byteLength > 0 ? { [GLB_BUFFER]: binary } : {};
  const document = await io.readJSON({ json: json as unknown as GLTF.IGLTF, resources });
  // The document's data are decompressed. With the extension it would be written compressed again.
  for (const extension of document.getRoot().listExtensionsUsed())
    if (extension.extensionName === DRACO) extension.dispose();
  return document;
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
