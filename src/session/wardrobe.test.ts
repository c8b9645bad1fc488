import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPosedBody } from '../body/create-posed-body.ts';
import type { OutfitPiece } from '../cloth/create-outfit.ts';
import { FittingError } from '../errors.ts';
import type { Garment } from '../garment/garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import type { GarmentRequest } from './garment-request.ts';
import { Wardrobe, type WardrobeStages } from './wardrobe.ts';

afterEach(() => vi.restoreAllMocks());

function makeGarment(url: string): Garment {
  return {
    url,
    manifest: {
      kind: 'top',
      layer: url.includes('coat') ? 3 : 1,
      sizes: { S: {}, M: {}, L: {} },
      baseSize: 'M',
      fabric: { stretch: 5, weight: 200 },
    },
    parts: [],
    binding: {} as Garment['binding'],
    colors: ['ecru', 'olive'],
    warnings: [],
    dispose: vi.fn(),
  };
}

function ask(id: string, more: Partial<GarmentRequest> = {}): GarmentRequest {
  return { id, src: `https://shop.test/${id}.glb`, color: null, size: null, ...more };
}

function open(load: (url: string, signal: AbortSignal) => Promise<Garment> = async (url) => makeGarment(url)) {
  const loads: string[] = [];
  const errors: string[] = [];
  const outfits: string[] = [];
  const stages = {
    loadGarment: (url: string, { signal }: { signal: AbortSignal }) => {
      loads.push(url);
      return load(url, signal);
    },
    createGarmentFit: () => ({ drape: new Float32Array(0), positions: [], normals: [], version: 0 }),
    createOutfit: () => ({
      prepare: async ({ url }: Garment) => void outfits.push(`prepared ${url}`),
      wear: (pieces: readonly OutfitPiece[]) => outfits.push(pieces.map(({ size }) => size).join()),
      fit: (_body: unknown, timeMs: number) => outfits.push(`at ${timeMs}`),
    }),
  } as unknown as WardrobeStages;
  const onChange = vi.fn();
  const wardrobe = new Wardrobe({
    stages,
    mannequin: {} as Mannequin,
    assets: 'https://shop.test/assets/',
    onChange,
    onError: ({ code }, id) => errors.push(`${id} ${code}`),
    onProgress() {},
  });
  return { wardrobe, loads, errors, outfits, onChange };
}

describe('Wardrobe', () => {
  describe('of a garment with one file a size', () => {
    const files = ['M', 'S', 'XL'].map((size) => ({ size, src: `https://shop.test/tee-${size}.glb` }));

    it('loads the file of the wanted size only, and offers all', async () => {
      const { wardrobe, loads } = open();
      await wardrobe.wear([ask('tee', { files, size: 's' })]);
      expect(loads).toEqual(['https://shop.test/tee-S.glb']);
      expect(wardrobe.entries).toMatchObject([{ sizes: ['M', 'S', 'XL'], size: 'S', status: 'ready' }]);
      await wardrobe.wear([ask('tee', { files })]);
      expect(wardrobe.worn[0].garment.url).toBe('https://shop.test/tee-M.glb');
    });

    it('warns of a size without a file and takes the nearest', async () => {
      const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
      const { wardrobe } = open();
      await wardrobe.wear([ask('tee', { files, size: 'L' })]);
      expect(wardrobe.worn[0]).toMatchObject({ size: 'XL', garment: { url: 'https://shop.test/tee-XL.glb' } });
      expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining('"tee" has no size "L" (it has M, S, XL)'));
    });

    it('wears the size before while another is loaded, and after it has failed', async () => {
      let answer: { resolve?: (garment: Garment) => void; reject?: (error: Error) => void } = {};
      const { wardrobe, loads, outfits, errors } = open((url) => {
        if (url.includes('-M')) return Promise.resolve(makeGarment(url));
        return new Promise((resolve, reject) => (answer = { resolve, reject }));
      });
      await wardrobe.wear([ask('tee', { files })]);
      const before = wardrobe.worn[0];
      const failed = wardrobe.wear([ask('tee', { files, size: 'XL' })]);
      wardrobe.keepOnly(new Set());
      expect(wardrobe.worn).toEqual([before]);
      expect(wardrobe.entries).toMatchObject([{ status: 'loading', size: 'M', sizes: ['M', 'S', 'XL'] }]);
      answer.reject?.(new FittingError('garment-unreachable', 'gone'));
      await failed;
      expect(errors).toEqual(['tee garment-unreachable']);
      expect(wardrobe.worn).toEqual([before]);
      expect(before.garment.dispose).not.toHaveBeenCalled();

      await wardrobe.wear([ask('tee', { files })]);
      // A size that failed before is loaded again when it is asked for again.
      void wardrobe.wear([ask('tee', { files, size: 'XL' })]);
      expect(loads.filter((url) => url.includes('XL'))).toHaveLength(2);

      const arrived = wardrobe.wear([ask('tee', { files, size: 'S' })]);
      answer.resolve?.(makeGarment('https://shop.test/tee-S.glb'));
      await arrived;
      expect(wardrobe.worn).toMatchObject([{ size: 'S', garment: { url: 'https://shop.test/tee-S.glb' } }]);
      expect(wardrobe.worn[0].fit).not.toBe(before.fit);
      // The size within the file, whatever the page calls it.
      expect(outfits.at(-1)).toBe('M');
      wardrobe.keepOnly(new Set());
      expect(before.garment.dispose).toHaveBeenCalledOnce();
    });
  });

  it('what was worn before stays until all that replaces it is loaded or has failed', async () => {
    const answers = new Map<string, { resolve: (garment: Garment) => void; reject: (error: Error) => void }>();
    const { wardrobe } = open((url) => {
      if (url.includes('tee')) return Promise.resolve(makeGarment(url));
      return new Promise((resolve, reject) => answers.set(url, { resolve, reject }));
    });
    const wornIds = (): string[] => wardrobe.worn.map(({ id }) => id);
    const url = (id: string): string => `https://shop.test/${id}.glb`;
    await wardrobe.wear([ask('tee')]);
    const [tee] = wardrobe.worn;
    const changed = wardrobe.wear([ask('coat'), ask('hat')]);
    wardrobe.keepOnly(new Set([url('coat')]));
    expect(wardrobe.entries.map(({ id, status }) => [id, status])).toEqual([
      ['coat', 'loading'],
      ['hat', 'loading'],
    ]);
    expect(wornIds()).toEqual(['tee']);
    answers.get(url('coat'))?.resolve(makeGarment(url('coat')));
    await vi.waitFor(() => expect(wardrobe.entries[0].status).toBe('ready'));
    expect(wornIds()).toEqual(['tee']);
    answers.get(url('hat'))?.reject(new FittingError('garment-unreachable', 'gone'));
    await changed;
    expect(wornIds()).toEqual(['coat']);
    expect(tee.garment.dispose, 'the page has no such garment any more').toHaveBeenCalledOnce();

    // A garment without a successor is taken off at once.
    await wardrobe.wear([ask('tee'), ask('coat')]);
    void wardrobe.wear([ask('tee')]);
    expect(wornIds()).toEqual(['tee']);

    // The same id with another file; and back, before that is loaded.
    void wardrobe.wear([ask('tee', { src: url('shirt') })]);
    expect(wardrobe.worn[0].garment.url).toBe(url('tee'));
    const [before] = wardrobe.worn;
    void wardrobe.wear([ask('tee')]);
    expect(wardrobe.worn).toEqual([before]);
  });

  it('wears the requested garments, innermost first, in base size and first colour by default', async () => {
    const { wardrobe } = open();
    await wardrobe.wear([ask('coat', { size: 'L', color: 'olive' }), ask('tee')]);
    expect(wardrobe.worn.map(({ id, size, color }) => [id, size, color])).toEqual([
      ['tee', 'M', 'ecru'],
      ['coat', 'L', 'olive'],
    ]);
    expect(wardrobe.entries.map(({ id, status }) => [id, status])).toEqual([
      ['coat', 'ready'],
      ['tee', 'ready'],
    ]);
  });

  it('has a new list of entries after a change, and the same one where nothing has changed', async () => {
    const { wardrobe } = open();
    await wardrobe.wear([ask('tee')]);
    const { entries } = wardrobe;
    await wardrobe.wear([ask('tee')]);
    expect(wardrobe.entries).toBe(entries);
    await wardrobe.wear([ask('tee', { size: 'L' })]);
    expect(wardrobe.entries).not.toBe(entries);
    expect(entries).toMatchObject([{ id: 'tee', label: 'tee', size: 'M' }]);
    expect([Object.isFrozen(entries), Object.isFrozen(entries[0])]).toEqual([true, true]);
  });

  it('gives every loaded piece to its outfit in the chosen size, and fits by the outfit', async () => {
    let arrive = (): void => {};
    const { wardrobe, outfits, onChange } = open((url) =>
      url.includes('coat')
        ? new Promise((resolve) => (arrive = () => resolve(makeGarment(url))))
        : Promise.resolve(makeGarment(url)),
    );
    const worn = wardrobe.wear([ask('tee', { size: 'S' }), ask('coat', { size: 'L' })]);
    await vi.waitFor(() => expect(outfits.at(-1)).toBe('S'));
    expect(wardrobe.entries.map(({ status }) => status)).toEqual(['ready', 'loading']);
    onChange.mockClear();
    arrive();
    await worn;
    // The cloth of a garment is prepared before the garment is worn.
    expect(outfits.slice(-2)).toEqual(['prepared https://shop.test/coat.glb', 'S,L']);
    expect(onChange).toHaveBeenCalled();
    void wardrobe.wear([ask('tee', { size: 'M' })]);
    expect(outfits.at(-1)).toBe('M');
    wardrobe.outfit.fit(createPosedBody(), 40);
    expect(outfits.at(-1)).toBe('at 40');
  });

  it('a size or colour that the garment lacks falls back, with one warning', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const { wardrobe } = open();
    const request = ask('tee', { size: 'XXL', color: 'pink' });
    await wardrobe.wear([request]);
    await wardrobe.wear([{ ...request }]);
    expect(wardrobe.worn[0]).toMatchObject({ size: 'L', color: 'ecru' });
    expect(warn).toHaveBeenCalledTimes(2);
    expect(warn.mock.calls.flat().join()).toMatch(/XXL.*S, M, L.*pink.*ecru, olive/s);
  });

  it('one file is loaded once for two requests, and again after a failure when requested anew', async () => {
    let broken = true;
    const { wardrobe, loads, errors } = open(async (url) => {
      if (broken) throw new FittingError('garment-unreachable', url);
      return makeGarment(url);
    });
    const src = 'https://shop.test/tee.glb';
    await wardrobe.wear([ask('a', { src }), ask('b', { src })]);
    expect([loads.length, errors]).toEqual([1, ['a garment-unreachable']]);
    await wardrobe.wear([]);
    broken = false;
    await wardrobe.wear([ask('a', { src })]);
    expect(wardrobe.entries[0]).toMatchObject({ status: 'ready', error: null });
    expect(loads.length).toBe(2);
  });

  it('a garment is worn once it is loaded, and disposed of when it is dropped during loading', async () => {
    const { wardrobe } = open(async (url) => {
      await Promise.resolve();
      expect(wardrobe.worn).toEqual([]);
      return makeGarment(url);
    });
    await wardrobe.wear([ask('tee')]);
    expect(wardrobe.worn.length).toBe(1);
    const made: Garment[] = [];
    const other = open(async (url) => {
      made.push(makeGarment(url));
      other.wardrobe.dispose();
      return made[0];
    });
    await other.wardrobe.wear([ask('tee')]);
    expect(made[0].dispose).toHaveBeenCalledOnce();
    expect([other.wardrobe.worn, other.errors]).toEqual([[], []]);
  });

  it('failed files are loaded again on request, once for two requests', async () => {
    const { wardrobe, loads, errors } = open(async (url) => {
      throw new FittingError('garment-unreachable', url);
    });
    const src = 'https://shop.test/tee.glb';
    const requests = [ask('a', { src }), ask('b', { src })];
    await wardrobe.wear(requests);
    await wardrobe.wear(requests);
    expect(loads.length).toBe(1);
    await wardrobe.wear(requests, { again: true });
    expect(loads.length).toBe(2);
    expect(errors).toEqual(['a garment-unreachable', 'a garment-unreachable']);
  });

  it('keepOnly keeps files of the page and drops the others, also those that still load', async () => {
    const late: Garment[] = [];
    const { wardrobe } = open(async (url) => {
      await Promise.resolve();
      const garment = makeGarment(url);
      late.push(garment);
      return garment;
    });
    await wardrobe.wear([ask('tee'), ask('coat')]);
    const [tee, coat] = late;
    await wardrobe.wear([ask('tee')]);
    wardrobe.keepOnly(new Set([ask('tee').src]));
    expect(coat.dispose).toHaveBeenCalledOnce();
    expect(tee.dispose).not.toHaveBeenCalled();
    const pending = wardrobe.wear([ask('tee'), ask('hat')]);
    wardrobe.dispose();
    await pending;
    expect(tee.dispose).toHaveBeenCalledOnce();
    expect(late[2].dispose).toHaveBeenCalledOnce();
  });
});
