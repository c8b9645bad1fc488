import { describe, expect, it } from 'vitest';
import { weighSnapshot } from './weigh-snapshot.ts';

describe('weighSnapshot', () => {
  it('sums up the sizes of code and of data', () => {
    const meta = {
      node_fields: ['type', 'name', 'id', 'self_size'],
      node_types: [['hidden', 'array', 'code', 'object', 'object shape'], 'string', 'number', 'number'],
    };
    const nodes = [
      [0, 9, 1, 5],
      [1, 9, 3, 70],
      [2, 9, 5, 100],
      [3, 9, 7, 30],
      [4, 9, 9, 20],
    ].flat();
    expect(weighSnapshot(JSON.stringify({ snapshot: { meta }, nodes, strings: [] }))).toEqual({ code: 125, data: 100 });
  });
});
