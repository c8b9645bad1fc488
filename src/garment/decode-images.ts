import { Texture } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import type { FittingError } from '../errors.ts';
import { garmentInvalid } from './garment-invalid.ts';
import { readImageSize } from './read-image-size.ts';

/** Longest side of a picture, pixels: every phone with WebGL 2 accepts it. A square one has 64 MB when decoded. */
const MAX_TEXTURE_SIZE = 4096;
/** Most pixels of all pictures of a garment together: four of the largest, 256 MB when decoded. */
const MAX_PIXELS = 4 * MAX_TEXTURE_SIZE ** 2;

/**
 * A GLTFLoader plugin that decodes the pictures (PNG, JPEG, WebP) embedded in a GLB into textures, one after the other.
 * It refuses a picture of more than 4096 pixels on a side, and pictures of more than 64 megapixels in all, before it
 * decodes them. GLTFLoader itself makes a `blob:` URL and fetches it, which a strict content security policy forbids.
 *
 * Register it with `loader.register((parser) => new DecodeImages(parser))`, and read `failure` after loading.
 */
export class DecodeImages implements GLTFLoaderPlugin {
  readonly name = 'decode-images';
  /**
   * The first failure (`garment-invalid`); null: none so far. GLTFLoader itself ignores failures and would leave the
   * garment white.
   */
  failure: FittingError | null = null;
  /** Pixels of all pictures so far. */
  #pixels = 0;

  constructor(parser: GLTFParser) {
    const decoded = new Map<number, Promise<Texture>>();
    let last: Promise<unknown> = Promise.resolve();
    parser.loadImageSource = (index) => {
      const first = decoded.get(index);
      // Textures with the same picture may differ in their samplers, so each gets its own copy of the texture.
      if (first) return first.then((texture) => texture.clone());
      const pending = last.then(() => this.#decode(parser, index));
      last = pending.catch(() => undefined);
      decoded.set(index, pending);
      return pending;
    };
  }

  /** Decodes picture number `index` of the file. On failure sets `failure` and rejects. */
  async #decode(parser: GLTFParser, index: number): Promise<Texture> {
    // An earlier picture has failed, so the garment is refused: decode no more.
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
