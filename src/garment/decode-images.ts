import { Texture } from 'three';
import type { GLTFLoaderPlugin, GLTFParser } from 'three/addons/loaders/GLTFLoader.js';
import { FittingError } from '../errors.ts';

/** Longest side of a texture, px: what every WebGL 2 phone takes, and 64 MB unpacked. */
const MAX_TEXTURE_SIZE = 4096;

/**
 * A GLTFLoader plugin that decodes pictures embedded in the file in memory. The loader's own way goes through a `blob:`
 * URL and `fetch`, which a strict content security policy forbids. The first failure is kept in `failure`, since the
 * loader swallows it and would leave a garment white.
 */
export class DecodeImages implements GLTFLoaderPlugin {
  readonly name = 'decode-images';
  failure: FittingError | null = null;

  constructor(parser: GLTFParser) {
    const decoded = new Map<number, Promise<Texture>>();
    parser.loadImageSource = (index) => {
      const first = decoded.get(index);
      // A second use with another sampler takes a texture of its own over the same picture.
      if (first) return first.then((texture) => texture.clone());
      const pending = this.decode(parser, index);
      decoded.set(index, pending);
      return pending;
    };
  }

  private async decode(parser: GLTFParser, index: number): Promise<Texture> {
    try {
      const { bufferView, mimeType } = parser.json.images[index] as { bufferView: number; mimeType: string };
      const bytes = (await parser.getDependency('bufferView', bufferView)) as ArrayBuffer;
      const bitmap = await createImageBitmap(new Blob([bytes], { type: mimeType }), {
        colorSpaceConversion: 'none',
        premultiplyAlpha: 'none',
      });
      if (Math.max(bitmap.width, bitmap.height) > MAX_TEXTURE_SIZE) {
        bitmap.close();
        throw new RangeError(`larger than ${MAX_TEXTURE_SIZE} pixels`);
      }
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
