import { DataTexture, LinearFilter, LinearMipmapLinearFilter, RGBAFormat, type Texture } from 'three';
import type { Frame } from '../capture/frame-source.ts';
import type { TrackedFrame } from '../tracking/tracker.ts';
import type { Pass } from './pass.ts';

/**
 * The pass (a step of the stage's drawing) that gives the classes of the drawn frame's pixels to shaders. Input: the
 * probabilities of each frame, 4 bytes 0..255 per pixel, rows from the top. Output: a texture that spans the whole
 * picture, its first row at the top. Red, green, blue and alpha are the probabilities 0..1 of hair, skin, own upper
 * clothes and own lower clothes; the rest to 1 is background. If a frame has no classes, all are 0.
 */
export class ClassTexture implements Pass {
  readonly layers = [];
  /** Uniform with the classes' texture, for shaders of other passes; its `value` may be another in each frame. */
  readonly uniform: { value: Texture };
  readonly #emptyTexture = createClassTexture(new Uint8Array(4), 1, 1);
  #texture: DataTexture | null = null;

  constructor() {
    this.uniform = { value: this.#emptyTexture };
  }

  /** Copies the classes of the frame to the texture. */
  takeFrame(_frame: Frame, { classes }: Pick<TrackedFrame, 'classes'>): void {
    if (!classes) {
      this.uniform.value = this.#emptyTexture;
      return;
    }
    const { width, height, data } = classes;
    if (!this.#texture || this.#texture.image.width !== width || this.#texture.image.height !== height) {
      // A texture cannot change its size after the first upload: create another.
      this.#texture?.dispose();
      this.#texture = createClassTexture(new Uint8Array(4 * width * height), width, height);
    }
    (this.#texture.image.data as Uint8Array).set(data);
    this.#texture.needsUpdate = true;
    this.uniform.value = this.#texture;
  }

  release(): void {
    this.#texture?.dispose();
    this.#emptyTexture.dispose();
  }
}

/** Creates a texture of 4 × 8 bits with bilinear sampling and mip levels. It uses `data`, 4 × width × height bytes, without a copy. */
function createClassTexture(data: Uint8Array<ArrayBuffer>, width: number, height: number): DataTexture {
  const texture = new DataTexture(data, width, height, RGBAFormat);
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.needsUpdate = true;
  return texture;
}
