import { describe, expect, it } from 'vitest';
import { checkSource } from './check-source.ts';

function named(kind: string): object {
  return { [Symbol.toStringTag]: kind };
}

describe('checkSource', () => {
  it('accepts every kind of source; an empty value becomes null', () => {
    const frameSource = { width: 1, height: 1, live: false, next: async () => null, close() {} };
    for (const value of [
      'camera',
      '/me.jpg',
      new URL('https://shop.test/'),
      new Blob(),
      frameSource,
      named('MediaStream'),
      named('HTMLVideoElement'),
      named('HTMLCanvasElement'),
    ])
      expect(checkSource(value)).toBe(value);
    for (const value of [null, undefined, '']) expect(checkSource(value)).toBe(null);
  });

  for (const value of [42, {}, [], true, () => null, { next: 1 }, named('HTMLDivElement')]) {
    it(`refuses ${String(value)} (${typeof value}) and names the allowed kinds`, () => {
      expect(() => checkSource(value)).toThrow(TypeError);
      expect(() => checkSource(value)).toThrow(/FrameSource/);
    });
  }
});
