import { describe, expect, it } from 'vitest';
import type { SourceValue } from '../capture/open-source.ts';
import { firstModel } from './first-model.ts';

function tagged(tag: string): SourceValue {
  return { [Symbol.toStringTag]: tag } as unknown as SourceValue;
}
function frameSource(live: boolean): SourceValue {
  return { width: 1, height: 1, live, next: async () => null, close() {} };
}

const sources: [string, SourceValue, 'lite' | 'full'][] = [
  ['the camera', 'camera', 'lite'],
  ['a MediaStream', tagged('MediaStream'), 'lite'],
  ['a video element', tagged('HTMLVideoElement'), 'lite'],
  ['a live FrameSource', frameSource(true), 'lite'],
  ['a FrameSource that waits', frameSource(false), 'full'],
  ['the mannequin', 'mannequin', 'full'],
  ['the URL of a video', '/walk.mp4', 'full'],
  ['a URL object', new URL('https://shop.test/camera'), 'full'],
  ['a file', new Blob([]), 'full'],
  ['a canvas', tagged('HTMLCanvasElement'), 'full'],
];

describe('firstModel', () => {
  for (const [what, source, expected] of sources) {
    it(`auto is ${expected} for ${what}`, () => expect(firstModel({ model: 'auto', source })).toBe(expected));
  }

  it('a model that the page sets is kept', () => {
    for (const model of ['lite', 'full', 'heavy'] as const)
      expect([firstModel({ model, source: 'camera' }), firstModel({ model, source: 'mannequin' })]).toEqual([
        model,
        model,
      ]);
  });
});
