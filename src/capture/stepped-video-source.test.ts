import { describe, expect, it } from 'vitest';
import { SteppedVideoSource } from './stepped-video-source.ts';

describe('SteppedVideoSource', () => {
  for (const from of [undefined, null, 42, {}]) {
    it(`refuses ${String(from)}: it needs an address or a Blob`, () => {
      expect(() => new SteppedVideoSource(from as unknown as string)).toThrow(TypeError);
    });
  }
  it('refuses a rate that is none', () => {
    for (const fps of [0, -1, NaN, 1000])
      expect(() => new SteppedVideoSource('/clip.mp4', { fps })).toThrow(RangeError);
  });
});
