import { getGlobalLiteRt, Tensor } from '@litertjs/core';
import type { CropTarget } from './cropper.ts';
import { inputSizes } from './pose-pipeline.ts';

/** A square RGB picture in LiteRT's memory, where networks read it: a crop that is written into `values` need not be copied. */
export class LiteRtInput implements CropTarget {
  readonly tensor: Tensor;
  readonly size: number;
  readonly scale: number;
  readonly offset: number;
  readonly border: CropTarget['border'];
  #values: Float32Array;

  /** `size`: side, pixels; the rest as in `CropTarget`. All zeros at first. */
  constructor({ size, scale, offset, border }: Omit<CropTarget, 'values'>) {
    this.size = size;
    this.scale = scale;
    this.offset = offset;
    this.border = border;
    this.tensor = new Tensor(new Float32Array(size * size * 3), [1, size, size, 3]);
    this.#values = this.#find();
  }

  /** Not to be kept: WebAssembly memory moves when it grows. */
  get values(): Float32Array {
    if (this.#values.buffer !== getGlobalLiteRt().liteRtWasm.HEAPU8.buffer) this.#values = this.#find();
    return this.#values;
  }

  #find(): Float32Array {
    const { liteRtWasm } = getGlobalLiteRt();
    const { liteRtTensorBuffer } = this.tensor;
    const address = liteRtTensorBuffer.lock(liteRtWasm.LiteRtTensorBufferLockMode.WRITE);
    liteRtTensorBuffer.unlock();
    return new Float32Array(liteRtWasm.HEAPU8.buffer, address, this.size * this.size * 3);
  }
}

/** The detector reads −1..1. */
export function createDetectorInput(): LiteRtInput {
  return new LiteRtInput({ size: inputSizes.detector, scale: 2 / 255, offset: -1, border: 'black' });
}

/** The landmark model and selfie segmentation read 0..1. */
export function createLandmarkInput(): LiteRtInput {
  return new LiteRtInput({ size: inputSizes.landmarks, scale: 1 / 255, offset: 0, border: 'edge' });
}
