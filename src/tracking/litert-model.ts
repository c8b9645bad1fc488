import { type CompiledModel, getGlobalLiteRt, loadAndCompile, type Tensor } from '@litertjs/core';
import type { LiteRtInput } from './litert-input.ts';
import { outputOrder } from './output-order.ts';

/** A network with one image as input, run by LiteRT on the CPU, in the worker. */
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

  /** Compiles a model file. `outputLengths`: number of values of each output, all different. */
  static async create(bytes: Uint8Array, outputLengths: readonly number[]): Promise<LiteRtModel> {
    return new LiteRtModel(await loadAndCompile(bytes, { accelerator: 'wasm' }), outputLengths);
  }

  /**
   * Runs the network on `input`. The outputs come in the order of `outputLengths` and are views of LiteRT's memory: use
   * or copy them before the next `await`.
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
