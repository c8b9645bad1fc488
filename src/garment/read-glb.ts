import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { nameFormat } from './name-format.ts';

/** An object in the JSON chunk of a GLB. Its values are untrusted. */
export type Json = Record<string, unknown>;

/** Whether `value` is a JSON object: not null and no array. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Returns the objects in an untrusted array, without its other entries; [] for anything but an array. In a chunk that
 * `checkReferences` has accepted, the lists hold only objects, so indices stay valid.
 */
export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A GLB (glTF 2.0, binary container), split into its two chunks. */
export interface Glb {
  /** The parsed JSON chunk, untrusted. */
  json: Json;
  /** The binary chunk, a view into `file`; empty when there is none. */
  binary: Uint8Array<ArrayBuffer>;
  /** The whole file. */
  file: Uint8Array<ArrayBuffer>;
}

const GLB_MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
/** Bytes of the file's header, and of the header of each chunk. */
const FILE_HEADER = 12;
const CHUNK_HEADER = 8;
const EXPORT_GLB = 'export as glTF 2.0, binary (.glb)';
/** Bytes that may stand before the first brace of a JSON text: spaces, line ends, and the mark of UTF-8. */
const SPACE_BYTES: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
const BRACE_BYTE = 0x7b;

/**
 * Splits the bytes of a GLB into its JSON chunk, which it parses, and its binary chunk. Copies nothing. A glTF in text
 * form (`.gltf`) is read as a GLB without a binary chunk. Throws `FittingError` `garment-invalid` when
 * the file is neither, not version 2, cut off, or its JSON chunk is not an object.
 */
export function readGlb(file: Uint8Array<ArrayBuffer>): Glb {
  if (file.find((byte) => !SPACE_BYTES.has(byte)) === BRACE_BYTE)
    return { json: parseJson(file), binary: new Uint8Array(0), file };
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const jsonStart = FILE_HEADER + CHUNK_HEADER;
  if (file.byteLength < jsonStart || view.getUint32(0, true) !== GLB_MAGIC) {
    const format = nameFormat(file);
    if (format) throw garmentInvalid(`the file is not a GLB (binary glTF) but ${format.name}`, format.remedy);
    throw garmentInvalid(
      'the file is not a GLB (binary glTF)',
      `${EXPORT_GLB}, and check that this is the garment's file`,
    );
  }
  if (view.getUint32(4, true) !== 2) throw garmentInvalid('the file is not glTF 2.0', EXPORT_GLB);
  const jsonEnd = jsonStart + view.getUint32(12, true);
  if (
    view.getUint32(8, true) > file.byteLength ||
    view.getUint32(16, true) !== JSON_CHUNK ||
    jsonEnd > file.byteLength
  ) {
    throw garmentInvalid('the file is cut off', 'upload it again, whole');
  }
  const binaryStart = jsonEnd + CHUNK_HEADER;
  const binaryLength = binaryStart <= file.byteLength ? view.getUint32(jsonEnd, true) : 0;
  return {
    json: parseJson(file.subarray(jsonStart, jsonEnd)),
    binary: file.subarray(binaryStart, binaryStart + binaryLength),
    file,
  };
}

function parseJson(chunk: Uint8Array): Json {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(chunk));
  } catch (cause) {
    throw garmentInvalid('the glTF header is not JSON', EXPORT_ANEW, cause);
  }
  if (!isJson(json)) throw garmentInvalid('the glTF header is not an object', EXPORT_ANEW);
  return json;
}
