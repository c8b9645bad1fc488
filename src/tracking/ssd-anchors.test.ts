import { describe, expect, it } from 'vitest';
import { createSsdAnchors } from './ssd-anchors.ts';

describe('createSsdAnchors', () => {
  const anchors = createSsdAnchors();

  it('has as many anchors as the detector has boxes: 28² · 2 + 14² · 2 + 7² · 6 = 2254', () => {
    expect(anchors.length / 2).toBe(2254);
  });

  it('gives the centres of the cells, layer by layer', () => {
    expect([...anchors.slice(0, 6)]).toEqual(
      [0.5 / 28, 0.5 / 28, 0.5 / 28, 0.5 / 28, 1.5 / 28, 0.5 / 28].map(Math.fround),
    );
    expect([...anchors.slice(2 * 28 * 28 * 2, 2 * 28 * 28 * 2 + 2)]).toEqual([0.5 / 14, 0.5 / 14].map(Math.fround));
    expect([...anchors.slice(-12)]).toEqual(new Array(12).fill(Math.fround(6.5 / 7)));
  });
});
