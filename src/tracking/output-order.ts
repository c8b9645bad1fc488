import type { CompiledModel } from '@litertjs/core';

/** Which of a model's outputs has each of `lengths`, all different, values. Throws when one is missing. */
export function outputOrder(model: CompiledModel, lengths: readonly number[]): readonly number[] {
  const present = model.getOutputDetails().map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const order = lengths.map((length) => present.indexOf(length));
  if (order.includes(-1))
    throw new Error(`a model has outputs of ${present.join(', ')} values where ${lengths.join(', ')} are needed`);
  return order;
}
