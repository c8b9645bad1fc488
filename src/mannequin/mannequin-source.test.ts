import { describe, expect, it } from 'vitest';
import { MannequinSource, type MannequinSourceOptions } from './mannequin-source.ts';

describe('MannequinSource', () => {
  const bad: [object, RegExp][] = [
    [{ fps: 0 }, /fps/],
    [{ fps: -30 }, /fps/],
    [{ fps: NaN }, /fps/],
    [{ frames: 0 }, /frames/],
    [{ motion: 'fly' }, /sway/],
    [{ motion: 'constructor' }, /sway/],
    [{ camera: { width: 0 } }, /pixels/],
    [{ camera: { height: 0.5 } }, /pixels/],
    [{ camera: { width: NaN } }, /pixels/],
    [{ shape: [1] }, /weights/],
  ];
  for (const [options, words] of bad) {
    it(`refuses ${JSON.stringify(options, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value))}`, () => {
      const make = (): MannequinSource => new MannequinSource({ assets: '/assets', ...options } as MannequinSourceOptions);
      expect(make).toThrow(RangeError);
      expect(make).toThrow(words);
    });
  }

  it('takes a base with or without a slash at its end', () => {
    expect(new MannequinSource({ assets: '/assets' }).width).toBe(480);
  });
});
