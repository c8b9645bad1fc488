import { getGlobalLiteRt, Tensor } from '@litertjs/core';
import type { CropTarget } from './cropper.ts';
import { INPUT_SIZES } from './pose-pipeline.ts';

/**
 * The input of a network that LiteRT (Google's library for .tflite networks) runs on the CPU: a square RGB picture in
 * LiteRT's WebAssembly memory. A cropper writes the picture into `values`; LiteRT reads the same memory as `tensor`, of
 * shape [1, size, size, 3], without a copy. The picture exists as long as the worker: nothing frees the tensor.
 */
export class LiteRtInput implements CropTarget {
  /** The picture as LiteRT's tensor, 32-bit floats: rows from the top, pixels from the left, red, green, blue. */
  readonly tensor: Tensor;
  readonly size: number;
  readonly scale: number;
  readonly offset: number;
  readonly border: CropTarget['border'];
  #values: Float32Array;

  /**
   * Creates the picture, all network values 0, with these settings for the cropper:
   *
   * - `size`: pixels per side.
   * - `scale`, `offset`: network value = byte × scale + offset, for colour bytes 0..255.
   * - `border`: fill of the parts outside the frame, `black` or `edge` (the frame's nearest edge pixel).
   */
  constructor({ size, scale, offset, border }: Omit<CropTarget, 'values'>) {
    this.size = size;
    this.scale = scale;
    this.offset = offset;
    this.border = border;
    this.tensor = new Tensor(new Float32Array(size * size * 3), [1, size, size, 3]);
    this.#values = this.#createView();
  }

  /**
   * The picture's size² × 3 network values, as a view of LiteRT's memory: rows from the top, pixels from the left, red,
   * green, blue. Get it anew for each use, because the view is invalid after WebAssembly memory has grown.
   */
  get values(): Float32Array {
    if (this.#values.buffer !== getGlobalLiteRt().liteRtWasm.HEAPU8.buffer) this.#values = this.#createView();
    return this.#values;
  }

  /**
   * Creates a view of the tensor's memory. The lock serves only to ask LiteRT for the address, which stays valid
   * without it. It is released at once, so that the buffer is not locked when LiteRT reads it.
   */
  #createView(): Float32Array {
    const { liteRtWasm } = getGlobalLiteRt();
    const { liteRtTensorBuffer } = this.tensor;
    const address = liteRtTensorBuffer.lock(liteRtWasm.LiteRtTensorBufferLockMode.WRITE);
    liteRtTensorBuffer.unlock();
    return new Float32Array(liteRtWasm.HEAPU8.buffer, address, this.size * this.size * 3);
  }
}

/** Creates the input of the person detector: 224 × 224 px, values −1..1, black outside the frame. */
export function createDetectorInput(): LiteRtInput {
  return new LiteRtInput({ size: INPUT_SIZES.detector, scale: 2 / 255, offset: -1, border: 'black' });
}

/**
 * Creates the input of the landmark model: 256 × 256 px, values 0..1, the frame's edge pixels repeated outside the
 * frame. Selfie segmentation expects the same picture and reads the same input.
 */
export function createLandmarkInput(): LiteRtInput {
  return new LiteRtInput({ size: INPUT_SIZES.landmarks, scale: 1 / 255, offset: 0, border: 'edge' });
}
