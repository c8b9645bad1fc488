import { type CompiledModel, getGlobalLiteRt, loadAndCompile, type Tensor } from '@litertjs/core';
import type { LiteRtInput } from './litert-input.ts';
import { outputOrder } from './output-order.ts';

/**
 * A network with one image as input, run by LiteRT (Google's library for .tflite networks) on the CPU, in the worker.
 * LiteRT must have been started (`startLiteRt`). The object keeps its memory until the worker ends.
 */
export class LiteRtModel {
  readonly #model: CompiledModel;
  readonly #lengths: readonly number[];
  readonly #order: readonly number[];
  #results: Tensor[] = [];

  private constructor(model: CompiledModel, outputLengths: readonly number[]) {
    this.#model = model;
    this.#lengths = outputLengths;
    this.#order = outputOrder(model, outputLengths);
  }

  /**
   * Compiles a model.
   *
   * @param bytes the model's .tflite file.
   * @param outputLengths number of values of each output of the model, all different, in the order in which `run`
   * returns the outputs. Rejects if the model has no output of one of these lengths.
   */
  static async create(bytes: Uint8Array, outputLengths: readonly number[]): Promise<LiteRtModel> {
    return new LiteRtModel(await loadAndCompile(bytes, { accelerator: 'wasm' }), outputLengths);
  }

  /**
   * Runs the network on `input`, a square RGB picture in LiteRT's memory. Resolves to one array of values for each of
   * `outputLengths`, in that order. The arrays are views of LiteRT's memory, which may move: use or copy them before
   * the next `await`.
   */
  async run(input: LiteRtInput): Promise<readonly Float32Array[]> {
    for (const result of this.#results) result.delete();
    this.#results = [];
    this.#results = await this.#model.run([input.tensor]);
    const { liteRtWasm } = getGlobalLiteRt();
    return this.#order.map((index, i) => {
      const { liteRtTensorBuffer } = this.#results[index];
      const address = liteRtTensorBuffer.lock(liteRtWasm.LiteRtTensorBufferLockMode.READ);
      liteRtTensorBuffer.unlock();
      return new Float32Array(liteRtWasm.HEAPU8.buffer, address, this.#lengths[i]);
    });
  }
}
