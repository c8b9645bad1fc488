import type { CompiledModel } from '@litertjs/core';

/**
 * For each of `lengths`, all different, the index of the model's output with that number of values. Throws when one is
 * missing.
 */
export function outputOrder(model: CompiledModel, lengths: readonly number[]): readonly number[] {
  const present = model.getOutputDetails().map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const order = lengths.map((length) => present.indexOf(length));
  if (order.includes(-1))
    throw new Error(`a model has outputs of ${present.join(', ')} values where ${lengths.join(', ')} are needed`);
  return order;
}
