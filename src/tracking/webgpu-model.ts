import { type CompiledModel, Tensor as LiteRtTensor, loadAndCompile } from '@litertjs/core';
import { dispose, keep, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { FittingError } from '../errors.ts';
import { outputOrder } from './output-order.ts';

/**
 * A network with one image as input, run by LiteRT on the device that tfjs works on too. Lives in the worker. LiteRT's and
 * tfjs's tensors are handed to each other as what both are, GPU buffers. `@litertjs/tfjs-interop` copies them instead, twice
 * where LiteRT pads, and leaves the copy in between to the garbage collector, which does not know how big it is.
 */
export class WebGpuModel {
  readonly #model: CompiledModel;
  readonly #order: readonly number[];
  readonly #input: LiteRtTensor;
  #results: LiteRtTensor[] = [];
  #outputs: Tensor[] = [];

  private constructor(model: CompiledModel, input: LiteRtTensor, outputLengths: readonly number[]) {
    this.#model = model;
    this.#input = input;
    this.#order = outputOrder(model, outputLengths);
  }

  /**
   * Compiles `bytes`. `input`: where the square RGB picture of `side` pixels will lie, side² × 3 floats; `outputLengths`:
   * values of each output, all different.
   */
  static async create(
    bytes: Uint8Array,
    input: GPUBuffer,
    side: number,
    outputLengths: readonly number[],
  ): Promise<WebGpuModel> {
    // Half precision, LiteRT's default, moves depths visibly; single answers as the CPU does (webgpu.e2e.ts).
    const model = await loadAndCompile(bytes, { accelerator: 'webgpu', gpuOptions: { precision: 'fp32' } });
    if (!model.isFullyAccelerated) throw new FittingError('engine-failed', 'this GPU cannot run the whole of a model');
    return new WebGpuModel(model, new LiteRtTensor(input, [1, side, side, 3], 'float32'), outputLengths);
  }

  /** The answers to what lies in the input buffer, in the order of `create`'s `outputLengths`; valid until the next run. */
  async run(): Promise<readonly Tensor[]> {
    dispose(this.#outputs);
    for (const result of this.#results) result.delete();
    this.#results = await this.#model.run([this.#input]);
    this.#outputs = this.#order.map((index) => {
      const {
        type: { layout, dtype },
      } = this.#results[index];
      return keep(
        tensor(
          { buffer: this.#results[index].toGpuBuffer(), zeroCopy: true },
          [...layout.dimensions],
          dtype as 'float32',
        ),
      );
    });
    return this.#outputs;
  }
}
