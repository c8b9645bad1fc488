import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { engine, keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { AFFINE_VALUES, maskToCropAffine } from './crop-affines.ts';
import { maskSize } from './mask-size.ts';
import { WHITE } from './place-thumbnail.ts';
import type { Region } from './region.ts';
import type { MaskReply } from './tracking-protocol.ts';
import { WebGpuMaskPainter } from './webgpu-mask-painter.ts';
import { WebGpuMaskProgram } from './webgpu-mask-program.ts';

/**
 * Computes the person mask of a frame from the network's mask of a crop, on the GPU. `project` samples the crop's mask
 * for every pixel of the frame's mask (at most 256 px on the longer side), 0 outside the crop, and smooths the result
 * with the mask of the last frame. `toBitmap` returns it. `FrameMask` does the same in main memory.
 */
export class WebGpuFrameMask {
  readonly #backend: WebGPUBackend;
  readonly #painter: WebGpuMaskPainter;
  readonly #maskToCrop = new Array<number>(AFFINE_VALUES).fill(0);
  /** The last mask, a tensor of height × width values 0..1. */
  #mask: Tensor = keep(zeros([1, 1]));
  /** What `readBytes` returned last. */
  #bytes = new Uint8ClampedArray(0);

  /** @param backend tfjs (TensorFlow.js) on the GPU device on which LiteRT runs the networks. */
  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
    this.#painter = new WebGpuMaskPainter(backend.device);
  }

  /**
   * Computes the mask of a frame (size as `maskSize` says, values 0..1) and keeps it on the GPU: for `toBitmap`, and to
   * smooth the next mask.
   *
   * @param crop the network's mask of the crop, `cropSize`² values: logits if `isLogits`, else probabilities 0..1.
   * @param cropSize side of the crop, px.
   * @param frameWidth width of the frame, px, as `frameHeight`.
   * @param region square of the frame, rotated, that the crop shows, frame pixels.
   * @param isSmoothed whether to smooth with the last mask, because it is of the same person. A last mask of another
   * size is not used.
   */
  project(
    crop: Tensor,
    isLogits: boolean,
    cropSize: number,
    frameWidth: number,
    frameHeight: number,
    region: Region,
    isSmoothed: boolean,
  ): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const isSameSize = width === this.#mask.shape[1] && height === this.#mask.shape[0];
    if (!isSameSize) this.#keep(zeros([height, width]));
    maskToCropAffine(region, cropSize, frameWidth, frameHeight, width, height, this.#maskToCrop);
    const program = new WebGpuMaskProgram(cropSize, width, height, isLogits);
    const uniforms = WebGpuMaskProgram.uniformValues(this.#maskToCrop, isSmoothed && isSameSize);
    this.#keep(
      engine().makeTensorFromTensorInfo(
        this.#backend.runWebGPUProgram(program, [crop, this.#mask], 'float32', uniforms),
      ),
    );
  }

  /**
   * Returns the mask's size and an `ImageBitmap` whose alpha is the mask; the caller transfers or closes the bitmap.
   */
  toBitmap(): MaskReply {
    const [height, width] = this.#mask.shape;
    const { tensorRef, buffer } = this.#mask.dataToGPU();
    if (!buffer) throw new Error('the mask is not on the GPU');
    const pixels = this.#painter.paint(buffer, width, height);
    tensorRef.dispose();
    return { width, height, pixels };
  }

  /** Reads the mask back: coverage 0..255, rows from the top. */
  async readBytes(): Promise<Uint8ClampedArray> {
    const values = await this.#mask.data();
    const bytes = (this.#bytes =
      this.#bytes.length === values.length ? this.#bytes : new Uint8ClampedArray(values.length));
    for (let i = 0; i < bytes.length; i++) bytes[i] = values[i] * WHITE;
    return bytes;
  }

  /** Replaces the last mask, and disposes of the old one. */
  #keep(mask: Tensor): void {
    this.#mask.dispose();
    this.#mask = keep(mask);
  }
}
