/** A chunk of a RIFF file: its name of four letters, and its content. */
interface Chunk {
  name: string;
  data: Buffer;
}

/** Bytes of the head of a WebP file: `RIFF`, its length, `WEBP`. */
const HEAD_BYTES = 12;
/** Flags of the chunk `VP8X`, and of a frame: see `joinWebp`'s source. */
const HAS_ANIMATION = 0b10;
const HAS_ALPHA = 0b10000;
const DO_NOT_BLEND = 0b10;

/** Returns the chunks of a WebP file. Throws `TypeError` where it is none. */
function readChunks(file: Buffer): Chunk[] {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, HEAD_BYTES) !== 'WEBP')
    throw new TypeError('not a WebP file');
  const chunks: Chunk[] = [];
  for (let at = HEAD_BYTES; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4);
    chunks.push({ name: file.toString('latin1', at, at + 4), data: file.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

/** Returns a chunk's bytes, with a zero at the end where their number is odd, as RIFF demands. */
function writeChunk({ name, data }: Chunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/**
 * Joins still WebP pictures of one size to one WebP file that shows them one after another, without end. The pictures
 * themselves are kept as they are.
 *
 * Source: the container's specification, developers.google.com/speed/webp/docs/riff_container.
 *
 * @param pictures WebP files, at least one, all of `width` × `height` pixels.
 * @param frameMs how long each is shown, milliseconds. Throws `TypeError` where one of them is no still WebP picture.
 */
export function joinWebp(
  pictures: readonly Buffer[],
  { width, height, frameMs }: { width: number; height: number; frameMs: number },
): Buffer {
  let hasAlpha = false;
  const frames = pictures.map((picture) => {
    const image = readChunks(picture).filter(({ name }) => ['ALPH', 'VP8 ', 'VP8L'].includes(name));
    if (image.length === 0) throw new TypeError('not a still WebP picture');
    hasAlpha ||= image.some(({ name }) => name !== 'VP8 ');
    const head = Buffer.alloc(16);
    head.writeUIntLE(width - 1, 6, 3);
    head.writeUIntLE(height - 1, 9, 3);
    head.writeUIntLE(frameMs, 12, 3);
    head.writeUInt8(DO_NOT_BLEND, 15);
    return writeChunk({ name: 'ANMF', data: Buffer.concat([head, ...image.map(writeChunk)]) });
  });
  const canvas = Buffer.alloc(10);
  canvas.writeUInt8(HAS_ANIMATION | (hasAlpha ? HAS_ALPHA : 0), 0);
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const content = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    writeChunk({ name: 'VP8X', data: canvas }),
    // Background colour, unused, and 0: without end.
    writeChunk({ name: 'ANIM', data: Buffer.alloc(6) }),
    ...frames,
  ]);
  return writeChunk({ name: 'RIFF', data: content });
}

/** Returns the size of a still WebP picture, pixels. Throws `TypeError` where it is none. */
export function webpSize(picture: Buffer): { width: number; height: number } {
  for (const { name, data } of readChunks(picture)) {
    if (name === 'VP8X') return { width: 1 + data.readUIntLE(4, 3), height: 1 + data.readUIntLE(7, 3) };
    // After the frame's tag of 3 bytes and its start code of 3: two sizes of 14 bits.
    if (name === 'VP8 ') return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
    if (name === 'VP8L') {
      // After one byte of signature: two sizes of 14 bits, less 1.
      const bits = data.readUInt32LE(1);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
  }
  throw new TypeError('not a still WebP picture');
}
