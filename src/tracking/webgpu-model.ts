import { type CompiledModel, Tensor as LiteRtTensor, loadAndCompile } from '@litertjs/core';
import { dispose, keep, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { FittingError } from '../errors.ts';
import { outputOrder } from './output-order.ts';

/**
 * A network with one image as input, run by LiteRT (Google's library for .tflite networks) on the GPU device that tfjs
 * (TensorFlow.js) uses too. Outputs are tfjs tensors that share LiteRT's GPU buffers, without a copy.
 * `@litertjs/tfjs-interop` copies them, twice where LiteRT pads, and leaves the copy in between to the garbage
 * collector, which does not know its size.
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
   * Compiles a model. Rejects with `FittingError` `engine-failed` if the GPU cannot run all of it.
   *
   * @param bytes the model's .tflite file.
   * @param input buffer of the square RGB picture that `run` reads: `side`² × 3 floats, rows from the top.
   * @param outputLengths number of values of each output of the model, all different, in the order in which `run`
   * returns the outputs.
   */
  static async create(
    bytes: Uint8Array,
    input: GPUBuffer,
    side: number,
    outputLengths: readonly number[],
  ): Promise<WebGpuModel> {
    // LiteRT's default, half precision, changes depths visibly. Single precision gives the CPU's results
    // (webgpu.e2e.ts).
    const model = await loadAndCompile(bytes, { accelerator: 'webgpu', gpuOptions: { precision: 'fp32' } });
    if (!model.isFullyAccelerated) throw new FittingError('engine-failed', 'this GPU cannot run the whole of a model');
    return new WebGpuModel(model, new LiteRtTensor(input, [1, side, side, 3], 'float32'), outputLengths);
  }

  /**
   * Runs the network on the input buffer. Resolves to one tensor for each of `outputLengths`, in that order. They are
   * valid until the next run, which disposes of them.
   */
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
