/** A picture's format and size in pixels, as its first bytes say. */
export interface ImageSize {
  type: 'image/png' | 'image/jpeg' | 'image/webp';
  width: number;
  height: number;
}

/** Reads the size of a PNG, JPEG or WebP without decoding it; null for anything else and for what is cut off before it says. */
export function readImageSize(bytes: ArrayBuffer): ImageSize | null {
  const view = new DataView(bytes);
  try {
    if (view.getUint32(0) === 0x89504e47 && view.getUint32(12) === fourCc('IHDR'))
      return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint16(0) === 0xffd8) return readJpeg(view);
    if (view.getUint32(0) === fourCc('RIFF') && view.getUint32(8) === fourCc('WEBP')) return readWebp(view);
  } catch (error) {
    // Beyond the end.
    if (!(error instanceof RangeError)) throw error;
  }
  return null;
}

function fourCc(text: string): number {
  return [...text].reduce((code, letter) => code * 256 + letter.charCodeAt(0), 0);
}

/** From segment to segment to the frame header (ITU T.81, B.1.1.3: markers C0–CF but for C4, C8 and CC, which are tables). */
function readJpeg(view: DataView): ImageSize | null {
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Fill bytes may stand before a marker.
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      return { type: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    } else at += 2 + view.getUint16(at + 2);
  }
}

/** By the first chunk: lossy (RFC 6386, 9.1), lossless or extended (WebP container specification). */
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
  const read24 = (at: number): number => view.getUint16(at, true) + 65536 * view.getUint8(at + 2);
  return { type, width: read24(24) + 1, height: read24(27) + 1 };
}
