import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import { createMannequinShape, shapeMannequin } from '../mannequin/shape-mannequin.ts';
import { dressPerson } from './dress-person.ts';
import { wearGarments } from './wear-garments.ts';

function read(name: string): ArrayBuffer {
  const file = readFileSync(new URL(`../../assets/${name}`, import.meta.url));
  return file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
}
let mannequin: Mannequin;
const close = vi.fn();
beforeAll(async () => {
  mannequin = await readMannequin(read('mannequin.glb'));
  vi.stubGlobal('createImageBitmap', () => Promise.resolve({ width: 1, height: 1, close }));
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(read('tee.glb'))));
});
afterAll(() => vi.unstubAllGlobals());

it('wears a tee: larger sizes hang farther out, skin is moved in, and the covered top is left out', async () => {
  const shape = shapeMannequin(mannequin, mannequin.presets['female-50'], createMannequinShape(mannequin));
  const { signal } = new AbortController();
  const meanCover = async (size: string): Promise<number> => {
    const { cover } = await wearGarments([{ src: 'tee.glb', size }], mannequin, shape, signal);
    const under = cover.filter(Number.isFinite);
    expect(under.length / cover.length).toBeGreaterThan(0.15);
    expect(under.length / cover.length).toBeLessThan(0.6);
    return under.reduce((sum, c) => sum + c, 0) / under.length;
  };
  expect(await meanCover('XXL')).toBeGreaterThan((await meanCover('S')) + 0.003);

  const { cover, garments } = await wearGarments([{ src: 'tee.glb' }], mannequin, shape, signal);
  expect(garments.length).toBe(1);
  const layers = dressPerson(mannequin, shape, 'everyday', cover);
  for (const clothes of ['tight', 'loose'] as const)
    expect(dressPerson(mannequin, shape, clothes, cover).some(({ layer }) => layer === 'top')).toBe(false);
  expect(layers.map(({ layer }) => layer)).toEqual(['body', 'shorts', 'shoes', 'hair']);
  const body = layers[0].positions;
  let sunk = 0;
  cover.forEach((c, v) => {
    const out = [0, 1, 2].reduce(
      (sum, k) => sum + (body[3 * v + k] - shape.positions[3 * v + k]) * shape.normals[3 * v + k],
      0,
    );
    if (Number.isFinite(c)) expect(out).toBeLessThan(c - 0.002);
    if (out < -0.002) sunk++;
  });
  expect(sunk).toBeGreaterThan(100);
}, 60_000);

it('covers a body that fills the tee nearly as far as a slimmer one', async () => {
  const { signal } = new AbortController();
  const coveredBy = async (preset: string): Promise<number> => {
    const shape = shapeMannequin(mannequin, mannequin.presets[preset], createMannequinShape(mannequin));
    const { cover } = await wearGarments([{ src: 'tee.glb' }], mannequin, shape, signal);
    return cover.filter(Number.isFinite).length;
  };
  // The tee is no longer on a taller body. Without the cloth that dips into the skin the share is 0.69.
  expect(await coveredBy('female-95')).toBeGreaterThan(0.85 * (await coveredBy('female-50')));
}, 60_000);

it('rejects a size and a colour that the garment lacks, and frees its pictures', async () => {
  close.mockClear();
  const { signal } = new AbortController();
  await expect(wearGarments([{ src: 'tee.glb', size: 'XXS' }], mannequin, mannequin, signal)).rejects.toThrow(/XXS/);
  await expect(wearGarments([{ src: 'tee.glb', color: 'plaid' }], mannequin, mannequin, signal)).rejects.toThrow(
    RangeError,
  );
  expect(close).toHaveBeenCalled();
}, 60_000);
