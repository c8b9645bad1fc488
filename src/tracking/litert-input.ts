import { getGlobalLiteRt, Tensor } from '@litertjs/core';
import type { CropTarget } from './cropper.ts';
import { INPUT_SIZES } from './pose-pipeline.ts';

/**
 * A square RGB picture in LiteRT's memory. A crop that is written into `values` is the network's input without a copy.
 */
export class LiteRtInput implements CropTarget {
  readonly tensor: Tensor;
  readonly size: number;
  readonly scale: number;
  readonly offset: number;
  readonly border: CropTarget['border'];
  #values: Float32Array;

  /** A picture of zeros; options as in `CropTarget`. */
  constructor({ size, scale, offset, border }: Omit<CropTarget, 'values'>) {
    this.size = size;
    this.scale = scale;
    this.offset = offset;
    this.border = border;
    this.tensor = new Tensor(new Float32Array(size * size * 3), [1, size, size, 3]);
    this.#values = this.#createView();
  }

  /** Do not keep the array: WebAssembly memory moves when it grows. */
  get values(): Float32Array {
    if (this.#values.buffer !== getGlobalLiteRt().liteRtWasm.HEAPU8.buffer) this.#values = this.#createView();
    return this.#values;
  }

  #createView(): Float32Array {
    const { liteRtWasm } = getGlobalLiteRt();
    const { liteRtTensorBuffer } = this.tensor;
    const address = liteRtTensorBuffer.lock(liteRtWasm.LiteRtTensorBufferLockMode.WRITE);
    liteRtTensorBuffer.unlock();
    return new Float32Array(liteRtWasm.HEAPU8.buffer, address, this.size * this.size * 3);
  }
}

/** Input of the detector, which expects values −1..1. */
export function createDetectorInput(): LiteRtInput {
  return new LiteRtInput({ size: INPUT_SIZES.detector, scale: 2 / 255, offset: -1, border: 'black' });
}

/** Input of the landmark model and of selfie segmentation, which expect values 0..1. */
export function createLandmarkInput(): LiteRtInput {
  return new LiteRtInput({ size: INPUT_SIZES.landmarks, scale: 1 / 255, offset: 0, border: 'edge' });
}
