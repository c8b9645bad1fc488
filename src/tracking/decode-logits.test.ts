import { expect, it } from 'vitest';
import { decodeLogits } from './decode-logits.ts';

it('is the logistic function to within half of what eight bits tell apart, and changes no logit', () => {
  const logits = Float32Array.from({ length: 4001 }, (_, i) => (i - 2000) / 100);
  const before = logits.slice();
  const target = new Float32Array(logits.length);
  decodeLogits(logits, target);
  target.forEach((value, i) => expect(Math.abs(value - 1 / (1 + Math.exp(-logits[i])))).toBeLessThan(0.5 / 255));
  expect(logits).toEqual(before);
});

it('is sure of what lies far out', () => {
  const target = new Float32Array(4);
  decodeLogits(Float32Array.of(-1e9, -8, 8, 1e9), target);
  expect([...target]).toEqual([0, 0, 1, 1]);
});
