import { afterEach, describe, expect, it, vi } from 'vitest';
import { committedBytes } from '../../tools/mannequin/committed-mannequin.ts';
import { MORPH_COUNT } from '../mannequin/mannequin.ts';
import type { WearGarments } from './garment-layer.ts';
import { MannequinSource, type MannequinSourceOptions } from './mannequin-source.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

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
    [{ shape: [1] }, new RegExp(`${MORPH_COUNT} morph weights, not 1`)],
    [{ shape: 3 }, /morph weights, not 3/],
    [{ shape: Array(MORPH_COUNT).fill(NaN) }, /trunkLength, number 0, is NaN/],
    [{ view: 'feet' }, /waist-up/],
    [{ light: 'disco' }, /blackout/],
    [{ noise: -0.1 }, /noise/],
    [{ noise: NaN }, /noise/],
    [{ clothes: 'tweed' }, /everyday, none, tight, loose/],
    [{ skin: 'plaid' }, /light, medium, dark/],
    [{ swayMetres: -0.1 }, /swayMetres/],
    [{ second: { clothes: 'tweed' } }, /everyday/],
    [{ second: { motion: 'fly' } }, /sway/],
    [{ second: { shape: [1] } }, /weights/],
  ];
  for (const [options, words] of bad) {
    it(`refuses ${JSON.stringify(options, (_, value: unknown) => (Number.isNaN(value) ? 'NaN' : value))}`, () => {
      const make = (): MannequinSource =>
        new MannequinSource({ assets: '/assets', ...options } as MannequinSourceOptions);
      expect(make).toThrow(RangeError);
      expect(make).toThrow(words);
    });
  }

  for (const garments of [{}, 'tee.glb', [{}], [null], [{ src: '' }]]) {
    it(`refuses garments ${JSON.stringify(garments)}`, () => {
      expect(() => new MannequinSource({ assets: '/assets', garments } as unknown as MannequinSourceOptions)).toThrow(
        TypeError,
      );
    });
  }

  it('accepts a motion function, skins by name and by colour, and loose clothes', () => {
    for (const skin of ['light', 'dark', '#aabbcc', 'rgb(10, 20, 30)', 'tan'])
      expect(() => new MannequinSource({ assets: '/', skin, motion: () => {}, clothes: 'loose' })).not.toThrow();
  });

  it('applies the camera option on top of the view', () => {
    const whole = new MannequinSource({ assets: '/assets/' }).camera;
    const half = new MannequinSource({ assets: '/assets/', view: 'waist-up', camera: { width: 240 } }).camera;
    expect(half.width).toBe(240);
    expect(half.height).toBe(whole.height);
    expect(half.distanceMetres).toBeLessThan(whole.distanceMetres);
  });

  it('accepts a base of the assets without a slash at its end', () => {
    expect(new MannequinSource({ assets: '/assets' }).width).toBe(480);
  });

  it('frees the garments of the first figure when those of the second cannot be loaded', async () => {
    const bytes = await committedBytes();
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(bytes)));
    const dispose = vi.fn();
    const wear = vi.fn<WearGarments>();
    wear.mockResolvedValueOnce({ clothes: [], garments: [], cover: new Float32Array(0), hang: vi.fn(), dispose });
    wear.mockRejectedValueOnce(new Error('no such garment'));
    const garments = [{ src: 'tee.glb' }];
    const source = new MannequinSource({ assets: '/assets/', garments, second: { garments } }, wear);
    await expect(source.ready()).rejects.toThrow('no such garment');
    expect(dispose).toHaveBeenCalledOnce();
  });
});
