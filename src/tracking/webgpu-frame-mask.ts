import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu/dist/base.js';
import { engine, keep, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { AFFINE_VALUES, maskToCropAffine } from './crop-affines.ts';
import { maskSize } from './mask-size.ts';
import type { Region } from './region.ts';
import type { MaskReply } from './tracking-protocol.ts';
import { WebGpuMaskPainter } from './webgpu-mask-painter.ts';
import { WebGpuMaskProgram } from './webgpu-mask-program.ts';

/** The person mask of a frame, on the GPU: laid over the frame from a crop, steadied by the mask before it. */
export class WebGpuFrameMask {
  readonly #backend: WebGPUBackend;
  readonly #painter: WebGpuMaskPainter;
  readonly #maskToCrop = new Array<number>(AFFINE_VALUES).fill(0);
  /** Height × width. */
  #mask: Tensor = keep(zeros([1, 1]));

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
    this.#painter = new WebGpuMaskPainter(backend.device);
  }

  /**
   * `crop`: `cropSize`² values of `region` of the frame, logits or probabilities. `steady`: the last mask was of the same person.
   */
  lay(
    crop: Tensor,
    logits: boolean,
    cropSize: number,
    frameWidth: number,
    frameHeight: number,
    region: Region,
    steady: boolean,
  ): void {
    const { width, height } = maskSize(frameWidth, frameHeight);
    const fits = width === this.#mask.shape[1] && height === this.#mask.shape[0];
    if (!fits) this.#keep(zeros([height, width]));
    maskToCropAffine(region, cropSize, frameWidth, frameHeight, width, height, this.#maskToCrop);
    const program = new WebGpuMaskProgram(cropSize, width, height, logits);
    const uniforms = WebGpuMaskProgram.uniformValues(this.#maskToCrop, steady && fits);
    this.#keep(
      engine().makeTensorFromTensorInfo(
        this.#backend.runWebGPUProgram(program, [crop, this.#mask], 'float32', uniforms),
      ),
    );
  }

  toBitmap(): MaskReply {
    const [height, width] = this.#mask.shape;
    const { tensorRef, buffer } = this.#mask.dataToGPU();
    if (!buffer) throw new Error('the mask is not on the GPU');
    const pixels = this.#painter.paint(buffer, width, height);
    tensorRef.dispose();
    return { width, height, pixels };
  }

  #keep(mask: Tensor): void {
    this.#mask.dispose();
    this.#mask = keep(mask);
  }
}
