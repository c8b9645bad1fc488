import { expect, it } from 'vitest';
import type { PersonMask } from '../../src/tracking/tracker.ts';
import { flicker, meanDeltaE, ownLeft } from './picture-differences.ts';

/** A mask of one line of pixels, from text: `#` is in it. */
function maskOf(pixels: string): PersonMask {
  return {
    width: pixels.length,
    height: 1,
    data: Uint8ClampedArray.from(pixels, (pixel) => (pixel === '#' ? 255 : 0)),
  };
}
/** A picture of grey pixels with the given lightness. */
function grey(...lightness: number[]): Float32Array {
  return Float32Array.from(lightness.flatMap((value) => [value, 0, 0]));
}

it('meanDeltaE counts each pixel in any of the masks once', () => {
  const masks = [maskOf('##--'), maskOf('-##-')];
  expect(meanDeltaE(grey(10, 20, 30, 90), grey(12, 24, 36, 0), masks)).toBe(4);
});

it('ownLeft is the share of the own clothes outside the garment that should have changed and has not', () => {
  // Left, half changed, changed; should not change; not own clothes; under the garment.
  const own = grey(20, 20, 20, 20, 20, 20);
  const worn = grey(60, 60, 60, 22, 60, 60);
  const shown = grey(21, 30, 60, 20, 20, 20);
  expect(ownLeft({ shown, own, worn }, maskOf('####-#'), maskOf('-----#'))).toBeCloseTo(1 / 3, 9);
  expect(ownLeft({ shown, own, worn }, maskOf('---#-#'), maskOf('-----#'))).toBe(NaN);
});

it('flicker compares the change of the shown garment with that of the camera, where the film hardly changes', () => {
  const before = { shown: grey(50, 50, 50), own: grey(30, 30, 30), worn: grey(60, 60, 60) };
  // The second pixel changes in the film, too; the third is no garment.
  const now = { shown: grey(53, 90, 99), own: grey(32, 80, 99), worn: grey(61, 90, 60) };
  expect(flicker(now, before, [maskOf('##-')])).toBe(1.5);
});
