import { describe, expect, it } from 'vitest';
import { checkSource } from './check-source.ts';

function named(kind: string): object {
  return { [Symbol.toStringTag]: kind };
}

describe('checkSource', () => {
  it('takes what a picture can be taken from; nothing is null', () => {
    const own = { width: 1, height: 1, live: false, next: async () => null, close() {} };
    for (const value of [
      'camera',
      '/me.jpg',
      new URL('https://shop.test/'),
      new Blob(),
      own,
      named('MediaStream'),
      named('HTMLVideoElement'),
      named('HTMLCanvasElement'),
    ])
      expect(checkSource(value)).toBe(value);
    for (const value of [null, undefined, '']) expect(checkSource(value)).toBe(null);
  });

  for (const value of [42, {}, [], true, () => null, { next: 1 }, named('HTMLDivElement')]) {
    it(`refuses ${String(value)} (${typeof value}) and names what there is`, () => {
      expect(() => checkSource(value)).toThrow(TypeError);
      expect(() => checkSource(value)).toThrow(/FrameSource/);
    });
  }
});
