import type { CompiledModel } from '@litertjs/core';

/**
 * Finds the outputs of a model by their numbers of values, because their order depends on the model's file.
 *
 * @param model a network that LiteRT has compiled.
 * @param lengths number of values of each wanted output, all different.
 * @returns for each of `lengths` the index of the model's output with that number of values.
 * @throws Error if the model has no output of one of these lengths.
 */
export function outputOrder(model: CompiledModel, lengths: readonly number[]): readonly number[] {
  const present = model.getOutputDetails().map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const order = lengths.map((length) => present.indexOf(length));
  if (order.includes(-1))
    throw new Error(`a model has outputs of ${present.join(', ')} values where ${lengths.join(', ')} are needed`);
  return order;
}
