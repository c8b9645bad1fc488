import { checkBytes } from '../garment/check-glb.ts';
import { EXPORT_ANEW, garmentInvalid } from '../garment/garment-invalid.ts';
import { type Glb, isJson, type Json, list } from '../garment/read-glb.ts';

/** A data: URI in base64, as glTF allows it: its media type (group 1) and its data (group 2). */
const DATA_URI = /^data:([^;,]*)(?:;[^;,]*)*;base64,(.*)$/s;
/** A path relative to the garment's file: without scheme (`https:`, `c:`) and not from the root of server or disk. */
const RELATIVE_PATH = /^(?![a-z][a-z0-9+.-]*:|[/\\])./i;
/** Media types of pictures by the end of their file's name. */
const MEDIA_TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
  ktx2: 'image/ktx2',
};
/** Buffer views begin at multiples of this, bytes, so that numbers of 4 bytes are aligned. */
const ALIGNMENT = 4;

/**
 * Moves the data of buffers and pictures to which a glTF header refers by URI into the binary chunk, so that the file
 * is like any other GLB: base64 in the header (`data:` URIs, "glTF embedded"), and files beside it by relative paths
 * ("glTF separate").
 *
 * Rejects with `FittingError` `garment-invalid` for base64 that cannot be decoded and for more bytes than a garment may
 * have, and with the error of `readBeside`. Other references stay, and `checkGlb` refuses them: a garment must not make
 * a shopper's browser ask a foreign server.
 *
 * @param glb Its header is changed; its binary chunk is not.
 * @param readBeside Resolves to the bytes of a file beside the garment's, by its relative path as the header has it.
 * Without it such references stay too.
 * @returns The same header with its new binary chunk; `glb` itself if there is nothing to move.
 */
export async function embedFiles(
  glb: Glb,
  readBeside?: (path: string) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Glb> {
  const { json, binary } = glb;
  const buffers = list(json.buffers);
  const images = list(json.images);
  const isMoved = (uri: unknown): uri is string =>
    typeof uri === 'string' && (uri.startsWith('data:') || (readBeside !== undefined && RELATIVE_PATH.test(uri)));
  const moving = [...new Set([...buffers, ...images].map(({ uri }) => uri).filter(isMoved))];
  if (moving.length === 0) return glb;
  const read = async (uri: string): Promise<Uint8Array> =>
    uri.startsWith('data:') ? decode(uri) : (readBeside as NonNullable<typeof readBeside>)(uri);
  const files = new Map(await Promise.all(moving.map(async (uri) => [uri, await read(uri)] as const)));

  const chunks: Uint8Array[] = [];
  let length = 0;
  /** Appends bytes to the new chunk, and returns where they begin. */
  const append = (bytes: Uint8Array): number => {
    length += (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
    const first = length;
    chunks.push(bytes);
    length += bytes.byteLength;
    checkBytes(length);
    return first;
  };
  // The buffer without a URI is the binary chunk.
  const firsts = buffers.map(({ uri }) => {
    if (uri === undefined) return append(binary);
    const file = files.get(String(uri));
    return file ? append(file) : null;
  });
  const views = Array.isArray(json.bufferViews) ? json.bufferViews : [];
  for (const view of list(views)) {
    moveView(view, firsts);
    for (const packed of isJson(view.extensions) ? Object.values(view.extensions) : [])
      if (isJson(packed)) moveView(packed, firsts);
  }
  for (const image of images) {
    const uri = String(image.uri);
    const bytes = files.get(uri);
    if (!bytes) continue;
    image.mimeType ??= DATA_URI.exec(uri)?.[1] ?? MEDIA_TYPES[/\.(\w+)([?#]|$)/.exec(uri)?.[1].toLowerCase() ?? ''];
    image.bufferView = views.push({ buffer: 0, byteOffset: append(bytes), byteLength: bytes.byteLength }) - 1;
    delete image.uri;
  }
  json.bufferViews = views;
  const foreign = buffers.filter(({ uri }) => uri !== undefined && !isMoved(uri));
  json.buffers = [{ byteLength: length }, ...foreign];

  const moved = new Uint8Array(length);
  let end = 0;
  for (const chunk of chunks) {
    end += (ALIGNMENT - (end % ALIGNMENT)) % ALIGNMENT;
    moved.set(chunk, end);
    end += chunk.byteLength;
  }
  return { ...glb, binary: moved };
}

/** Lets a buffer view, or its packed data, refer to the new chunk, if its buffer begins there at `firsts`. */
function moveView(view: Json, firsts: readonly (number | null)[]): void {
  const first = firsts[Number(view.buffer)];
  if (first === null || first === undefined) return;
  view.buffer = 0;
  view.byteOffset = Number(view.byteOffset ?? 0) + first;
}

/** Returns the bytes of a data: URI. */
function decode(uri: string): Uint8Array {
  const found = DATA_URI.exec(uri);
  try {
    if (found) return Uint8Array.from(atob(found[2]), (letter) => letter.charCodeAt(0));
  } catch {
    // Reported below.
  }
  throw garmentInvalid(`a data: URI (${uri.slice(0, 30)}…) is not base64`, EXPORT_ANEW);
}
