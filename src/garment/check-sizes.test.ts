import { expect, it } from 'vitest';
import { checkSizes } from './check-sizes.ts';

const sizes = { S: {}, M: {}, L: {} };

it('warns of sizes that have a shape or measures only', () => {
  expect(checkSizes({ sizes, baseSize: 'M' }, new Set(['S', 'XXL']))).toEqual([
    'the shape of size XXL is there, its measures are not',
    'size L has no shape "size:L": it looks like size M',
  ]);
});

it('is content with a shape for each size, or with steps of grading in a pattern', () => {
  expect(checkSizes({ sizes, baseSize: 'M' }, new Set(['S', 'L']))).toEqual([]);
  const pattern = { textureMetres: 1, steps: { S: -1, M: 0, L: 1 } };
  expect(checkSizes({ sizes, baseSize: 'M', pattern }, new Set())).toEqual([]);
});
