import { EXPORT_ANEW, garmentInvalid } from './garment-invalid.ts';
import { type Glb, isJson, type Json, list } from './read-glb.ts';

/** A data: URI in base64, as glTF allows it: its media type (group 1) and its data (group 2). */
const DATA_URI = /^data:([^;,]*)(?:;[^;,]*)*;base64,(.*)$/s;
/** Buffer views begin at multiples of this, bytes, so that numbers of 4 bytes are aligned. */
const ALIGNMENT = 4;

/**
 * Moves the data of buffers and pictures that a glTF header holds as base64 (`data:` URIs) into the binary chunk, so
 * that the file is like any other GLB. Files saved as "glTF embedded", and some converters' GLBs, hold such data.
 *
 * Throws `FittingError` `garment-invalid` for base64 that cannot be decoded. References to further files stay, and
 * `checkGlb` refuses them.
 *
 * @param glb Its header is changed; its binary chunk is not.
 * @returns The same header with its new binary chunk; `glb` itself if there is nothing to move.
 */
export function embedDataUris(glb: Glb): Glb {
  const { json, binary } = glb;
  const buffers = list(json.buffers);
  const images = list(json.images);
  if (![...buffers, ...images].some(({ uri }) => isDataUri(uri))) return glb;

  const chunks: Uint8Array[] = [];
  let length = 0;
  /** Appends bytes to the new chunk, and returns where they begin. */
  const append = (bytes: Uint8Array): number => {
    length += (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
    const first = length;
    chunks.push(bytes);
    length += bytes.byteLength;
    return first;
  };
  // The buffer without a URI is the binary chunk.
  const firsts = buffers.map(({ uri }, b) => {
    if (uri === undefined) return append(binary);
    return isDataUri(uri) ? append(decode(uri, `buffers[${b}]`)) : null;
  });
  const views = Array.isArray(json.bufferViews) ? json.bufferViews : [];
  for (const view of list(views)) {
    moveView(view, firsts);
    for (const packed of isJson(view.extensions) ? Object.values(view.extensions) : [])
      if (isJson(packed)) moveView(packed, firsts);
  }
  images.forEach((image, i) => {
    if (!isDataUri(image.uri)) return;
    const bytes = decode(image.uri, `images[${i}]`);
    image.mimeType ??= DATA_URI.exec(image.uri)![1];
    image.bufferView = views.push({ buffer: 0, byteOffset: append(bytes), byteLength: bytes.byteLength }) - 1;
    delete image.uri;
  });
  json.bufferViews = views;
  const foreign = buffers.filter(({ uri }) => uri !== undefined && !isDataUri(uri));
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

function isDataUri(uri: unknown): uri is string {
  return typeof uri === 'string' && uri.startsWith('data:');
}

/** Lets a buffer view, or its packed data, refer to the new chunk, if its buffer begins there at `firsts`. */
function moveView(view: Json, firsts: readonly (number | null)[]): void {
  const first = firsts[Number(view.buffer)];
  if (first === null || first === undefined) return;
  view.buffer = 0;
  view.byteOffset = Number(view.byteOffset ?? 0) + first;
}

/** Returns the bytes of a data: URI. `path` names its owner in the error. */
function decode(uri: string, path: string): Uint8Array {
  const found = DATA_URI.exec(uri);
  try {
    if (found) return Uint8Array.from(atob(found[2]), (letter) => letter.charCodeAt(0));
  } catch {
    // Reported below.
  }
  throw garmentInvalid(`the data: URI of ${path} is not base64`, EXPORT_ANEW);
}
