import { expect, it } from 'vitest';
import type { SnapshotOptions } from '../scene/stage.ts';
import { checkSnapshot } from './check-snapshot.ts';

it('checkSnapshot accepts every documented type and layer, and options without them', () => {
  expect(() => checkSnapshot({})).not.toThrow();
  for (const type of ['image/png', 'image/jpeg', 'image/webp']) expect(() => checkSnapshot({ type })).not.toThrow();
  for (const layers of ['scene', 'garment', 'frame'] as const) expect(() => checkSnapshot({ layers })).not.toThrow();
});

for (const [options, words] of [
  [{ type: 'image/gif' }, 'type must be one of image/png, image/jpeg, image/webp, not "image/gif"'],
  [{ type: 'png' }, 'not "png"'],
  [{ type: '' }, 'not ""'],
  [{ layers: 'body' }, 'layers must be one of scene, garment, frame, not "body"'],
] as [SnapshotOptions, string][]) {
  it(`checkSnapshot refuses ${JSON.stringify(options)} with a RangeError that names the allowed values`, () => {
    expect(() => checkSnapshot(options)).toThrow(RangeError);
    expect(() => checkSnapshot(options)).toThrow(words);
  });
}
