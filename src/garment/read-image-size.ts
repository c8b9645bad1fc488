/** Format and size, in pixels, of a picture. */
export interface ImageSize {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}

/**
 * Reads format, width and height of a PNG, JPEG or WebP from its header, without decoding the picture.
 *
 * @param bytes The whole picture, or at least its header.
 * @returns Null for other formats and for a header that is cut off.
 */
export function readImageSize(bytes: ArrayBuffer): ImageSize | null {
  const view = new DataView(bytes);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(12) === fourCc('IHDR'))
      return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint16(0) === 0xffd8) return readJpeg(view);
    if (view.getUint32(0) === fourCc('RIFF') && view.getUint32(8) === fourCc('WEBP')) return readWebp(view);
  } catch (error) {
    // A RangeError of DataView means that the header is cut off.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

/** Returns a code of four letters as a big-endian 32-bit number. */
function fourCc(text: string): number {
  return [...text].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}

/**
 * Walks a JPEG's segments up to the frame header, which holds the size (ITU T.81, B.1.1.3: markers C0 to CF without C4,
 * C8 and CC, which do not begin a frame). Null when there is no marker at a segment's start.
 */
function readJpeg(view: DataView): ImageSize | null {
  for (let offset = 2; ; ) {
    if (view.getUint8(offset) !== 0xff) return null;
    const marker = view.getUint8(offset + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) offset++;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'image/jpeg', width: view.getUint16(offset + 7), height: view.getUint16(offset + 5) };
    } else offset += 2 + view.getUint16(offset + 2);
  }
}

/**
 * Reads the size from the first chunk of a WebP: lossy (RFC 6386, 9.1), lossless or extended (WebP container
 * specification). Null for any other chunk.
 */
function readWebp(view: DataView): ImageSize | null {
  const type = 'image/webp';
  const chunk = view.getUint32(12);
  if (chunk === fourCc('VP8 '))
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  if (chunk === fourCc('VP8L')) {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== fourCc('VP8X')) return null;
  const read24 = (offset: number): number => view.getUint16(offset, true) + 65536 * view.getUint8(offset + 2);
  return { type, width: read24(24) + 1, height: read24(27) + 1 };
}
