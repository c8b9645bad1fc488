import { maskSize } from './mask-size.ts';
import type { Region } from './region.ts';
import { smoothMask } from './smooth-mask.ts';
import type { MaskReply } from './tracking-protocol.ts';
import { warpMask } from './warp-mask.ts';

/** The person mask of a frame, in main memory: laid over the frame from a crop, steadied by the mask before it. */
export class FrameMask {
  #values: Float32Array = new Float32Array(0);
  #previous: Float32Array = new Float32Array(0);
  #width = 0;
  #height = 0;

  /** `crop`: `cropSize`² probabilities of `region` of the frame. `steady`: the last mask was of the same person. */
  lay(crop: Float32Array, cropSize: number, frameWidth: number, frameHeight: number, region: Region, steady: boolean): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const fits = width === this.#width && height === this.#height;
    if (!fits) {
      this.#width = width;
      this.#height = height;
      this.#values = new Float32Array(width * height);
      this.#previous = new Float32Array(width * height);
    }
    const free = this.#previous;
    this.#previous = this.#values;
    this.#values = free;
    warpMask(crop, cropSize, region, frameWidth, frameHeight, width, height, free);
    if (steady && fits) smoothMask(free, this.#previous, free.length);
  }

  /** Coverage as bytes, in `spare` if that fits. */
  toBytes(spare: ArrayBuffer | null): MaskReply {
    const values = this.#values;
    const pixels = spare?.byteLength === values.length ? spare : new ArrayBuffer(values.length);
    const bytes = new Uint8ClampedArray(pixels);
    for (let i = 0; i < values.length; i++) bytes[i] = values[i] * 255;
    return { width: this.#width, height: this.#height, pixels };
  }
}
