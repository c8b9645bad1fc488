import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RedFormat, type Texture } from 'three';
import type { PosedBody } from '../body/body.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { Pass } from './pass.ts';

/**
 * The pass (a step of the stage's drawing) that gives the person's mask of the drawn frame to shaders. Input: the mask
 * of each frame with a body, one byte 0..255 per pixel, rows from the top. Output: a texture that spans the whole
 * picture, its first row at the top. Its red channel is the coverage by the person, 0..1; if a frame has no mask, the
 * coverage is 0 everywhere. It has mip levels if the frame has no classes, which have mip levels of their own.
 */
export class PersonTexture implements Pass {
  readonly layers = [];
  /** Uniform with the mask's texture, for shaders of other passes; its `value` may be another texture in each frame. */
  readonly uniform: { value: Texture };
  readonly #emptyTexture = createRedTexture(new Uint8Array(1), 1, 1);
  #maskTexture: DataTexture | null = null;

  constructor() {
    this.uniform = { value: this.#emptyTexture };
  }

  /** Copies the mask of the frame to the texture; without a mask, the coverage is 0. */
  takeBody(_body: PosedBody, { mask, classes }: Pick<TrackedFrame, 'mask' | 'classes'>): void {
    if (!mask) {
      this.uniform.value = this.#emptyTexture;
      return;
    }
    const { width, height } = mask;
    const before = this.#maskTexture;
    const hasMips = classes === null;
    const isSameSize = before?.image.width === width && before.image.height === height;
    if (!before || !isSameSize || before.generateMipmaps !== hasMips) {
      // A texture cannot change its size after the first upload: create another.
      before?.dispose();
      this.#maskTexture = createRedTexture(new Uint8Array(width * height), width, height);
      this.#maskTexture.generateMipmaps = hasMips;
      if (hasMips) this.#maskTexture.minFilter = LinearMipmapLinearFilter;
    }
    const texture = this.#maskTexture as DataTexture;
    (texture.image.data as Uint8Array).set(mask.data);
    texture.needsUpdate = true;
    this.uniform.value = texture;
  }

  release(): void {
    this.#maskTexture?.dispose();
    this.#emptyTexture.dispose();
  }
}

/**
 * Creates a texture with one channel of 8 bits and bilinear sampling. It uses `data`, width × height bytes, without a
 * copy.
 */
function createRedTexture(data: Uint8Array<ArrayBuffer>, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RedFormat);
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.unpackAlignment = 1;
  texture.needsUpdate = true;
  return texture;
}
