import { PNG } from 'pngjs';

/** A picture with 8 bits a channel: grey (1) or RGB (3). */
export interface Raster {
  /** Size, pixels. */
  width: number;
  height: number;
  channels: 1 | 3;
  /** Rows from the top, pixels from the left, channels interleaved. */
  data: Uint8Array;
}

/** Creates a picture of `width` × `height` pixels whose bytes are all `fill` (0 to 255). */
export function createRaster(width: number, height: number, channels: 1 | 3, fill = 255): Raster {
  return { width, height, channels, data: new Uint8Array(width * height * channels).fill(fill) };
}

/** PNG's color types by number of channels: grey and RGB, without alpha. */
const COLOR_TYPES = { 1: 0, 3: 2 } as const;

/** Encodes a picture as PNG without alpha and returns the bytes of the file. */
export function encodePng({ width, height, channels, data }: Raster): Uint8Array {
  const png = new PNG({ width, height });
  png.data = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const colorType = COLOR_TYPES[channels];
  // Strategy 0 is zlib's default. pngjs's default, runs of equal bytes only, made the knit's pictures 12 to 22 times as
  // big.
  return Uint8Array.from(
    PNG.sync.write(png, { colorType, inputColorType: colorType, inputHasAlpha: false, deflateStrategy: 0 }),
  );
}
