import { Texture } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import type { FittingError } from '../errors.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { readImageSize } from './read-image-size.ts';

/** Longest side of a picture, pixels: every phone with WebGL 2 accepts it. Unpacked it has 64 MB. */
const MAX_TEXTURE_SIZE = 4096;
/** Most pixels of all pictures of a garment: four of the largest, 256 MB unpacked. */
const MAX_PIXELS = 4 * MAX_TEXTURE_SIZE ** 2;

/**
 * A GLTFLoader plugin that decodes the pictures (PNG, JPEG, WebP) embedded in a GLB, one after the other, each only
 * after a check of its size. GLTFLoader itself makes a `blob:` URL and fetches it, which a strict content security
 * policy forbids.
 */
export class DecodeImages implements GLTFLoaderPlugin {
  readonly name = 'decode-images';
  /** The first failure (`garment-invalid`). GLTFLoader reports none, and would leave the garment white. */
  failure: FittingError | null = null;
  /** Of all pictures so far. */
  #pixels = 0;

  constructor(parser: GLTFParser) {
    const decoded = new Map<number, Promise<Texture>>();
    let last: Promise<unknown> = Promise.resolve();
    parser.loadImageSource = (index) => {
      const first = decoded.get(index);
      // Textures of one picture may differ in their samplers, so each gets a texture of its own.
      if (first) return first.then((texture) => texture.clone());
      const pending = last.then(() => this.#decode(parser, index));
      last = pending.catch(() => undefined);
      decoded.set(index, pending);
      return pending;
    };
  }

  async #decode(parser: GLTFParser, index: number): Promise<Texture> {
    // The garment is refused already.
    if (this.failure) throw this.failure;
    try {
      const { bufferView } = parser.json.images[index] as { bufferView: number };
      const bytes = (await parser.getDependency('bufferView', bufferView)) as ArrayBuffer;
      const size = readImageSize(bytes);
      if (!size) throw new TypeError('neither PNG nor JPEG nor WebP');
      if (Math.max(size.width, size.height) > MAX_TEXTURE_SIZE)
        throw new RangeError(`larger than ${MAX_TEXTURE_SIZE} pixels (${size.width} × ${size.height})`);
      this.#pixels += size.width * size.height;
      if (this.#pixels > MAX_PIXELS)
        throw new RangeError(`one too many: together they have more than ${MAX_PIXELS / 2 ** 20} megapixels`);
      const bitmap = await createImageBitmap(new Blob([bytes], { type: size.type }), {
        colorSpaceConversion: 'none',
        premultiplyAlpha: 'none',
      });
      const texture = new Texture(bitmap);
      texture.needsUpdate = true;
      return texture;
    } catch (cause) {
      const isTooLarge = cause instanceof RangeError;
      const fault = isTooLarge ? cause.message : 'not a picture that this browser can decode';
      this.failure ??= garmentInvalid(
        `picture ${index} of the file is ${fault}`,
        isTooLarge ? 'scale it down' : 'embed it as PNG, JPEG or WebP',
        cause,
      );
      throw cause;
    }
  }
}
