import createDecoderModule from 'draco3dgltf/draco_decoder_gltf_nodejs.js';
import { garmentInvalid } from '../garment/garment-invalid.ts';

/** Path of the decoder's WebAssembly in the folder of the room's files. */
const DRACO_FILE = 'decoders/draco_decoder_gltf.wasm';

/**
 * Makes Draco's decoder for glTF-Transform, whose dependency `draco3d.decoder` it is. Draco is a lossy compression of
 * meshes (`KHR_draco_mesh_compression`), a check box in Blender. This module holds the decoder's script, and is
 * imported only for files that are compressed so.
 *
 * Rejects with `FittingError` `garment-invalid` where WebAssembly cannot run, and with the error of `readAsset`.
 *
 * @param readAsset Resolves to the bytes of a file of the room, by its path in the room's folder.
 */
export async function loadDraco(readAsset: (path: string) => Promise<ArrayBuffer>): Promise<unknown> {
  const wasmBinary = await readAsset(DRACO_FILE);
  try {
    // It would write its failures to the console, besides rejecting.
    return await createDecoderModule({ wasmBinary, printErr() {} });
  } catch (cause) {
    throw garmentInvalid(
      'the file is compressed with Draco, whose decoder does not run on this page',
      'prepare it once by "npx fitting-room prepare", or export it without Draco',
      cause,
    );
  }
}
