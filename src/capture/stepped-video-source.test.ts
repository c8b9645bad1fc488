import { describe, expect, it } from 'vitest';
import { SteppedVideoSource } from './stepped-video-source.ts';

describe('SteppedVideoSource', () => {
  for (const from of [undefined, null, 42, {}]) {
    it(`refuses ${String(from)}: it needs a URL or a Blob`, () => {
      expect(() => new SteppedVideoSource(from as unknown as string)).toThrow(TypeError);
    });
  }
  it('refuses a frame rate that is not between 0 and 240', () => {
    for (const fps of [0, -1, NaN, 1000])
      expect(() => new SteppedVideoSource('/clip.mp4', { fps })).toThrow(RangeError);
  });
});
