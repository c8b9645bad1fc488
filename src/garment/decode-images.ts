import { Texture } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import { FittingError } from '../errors.ts';
import { readImageSize } from './read-image-size.ts';

/** Longest side of a texture, px: what every WebGL 2 phone takes, and 64 MB unpacked. */
const MAX_TEXTURE_SIZE = 4096;
/** All pictures of a garment together, px: four of the largest, 256 MB unpacked. */
const MAX_PIXELS = 4 * MAX_TEXTURE_SIZE ** 2;

/**
 * A GLTFLoader plugin that decodes pictures embedded in the file in memory, one after the other, and none before its size
 * is known to be bearable. The loader's own way goes through a `blob:` URL and `fetch`, which a strict content security
 * policy forbids. The first failure is kept in `failure`, since the loader swallows it and would leave a garment white.
 */
export class DecodeImages implements GLTFLoaderPlugin {
  readonly name = 'decode-images';
  failure: FittingError | null = null;
  private pixels = 0;

  constructor(parser: GLTFParser) {
    const decoded = new Map<number, Promise<Texture>>();
    let last: Promise<unknown> = Promise.resolve();
    parser.loadImageSource = (index) => {
      const first = decoded.get(index);
      // A second use with another sampler takes a texture of its own over the same picture.
      if (first) return first.then((texture) => texture.clone());
      const pending = last.then(() => this.decode(parser, index));
      last = pending.catch(() => undefined);
      decoded.set(index, pending);
      return pending;
    };
  }

  private async decode(parser: GLTFParser, index: number): Promise<Texture> {
    // The garment is lost already.
    if (this.failure) throw this.failure;
    try {
      const { bufferView } = parser.json.images[index] as { bufferView: number };
      const bytes = (await parser.getDependency('bufferView', bufferView)) as ArrayBuffer;
      const size = readImageSize(bytes);
      if (!size) throw new TypeError('neither PNG nor JPEG nor WebP');
      if (Math.max(size.width, size.height) > MAX_TEXTURE_SIZE)
        throw new RangeError(`larger than ${MAX_TEXTURE_SIZE} pixels (${size.width} × ${size.height})`);
      this.pixels += size.width * size.height;
      if (this.pixels > MAX_PIXELS)
        throw new RangeError(`one too many: together they have more than ${MAX_PIXELS / 2 ** 20} megapixels`);
      const bitmap = await createImageBitmap(new Blob([bytes], { type: size.type }), {
        colorSpaceConversion: 'none',
        premultiplyAlpha: 'none',
      });
      const texture = new Texture(bitmap);
      texture.needsUpdate = true;
      return texture;
    } catch (cause) {
      const reason = cause instanceof RangeError ? cause.message : 'not a picture that this browser can decode';
      this.failure ??= new FittingError('garment-invalid', `picture ${index} of the file is ${reason}`, { cause });
      throw cause;
    }
  }
}
