import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Cache, keyOf } from './cache.ts';
import type { CacheEntry } from './cache-entry.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/bench-cache-`);
});
afterEach(() => rm(folder, { recursive: true }));

const entry: CacheEntry<{ width: number }> = {
  value: { width: 3 },
  arrays: {
    mask: Uint8ClampedArray.of(0, 128, 255),
    landmarks: Float32Array.of(0.1, -2),
    timesMs: Float64Array.of(1 / 3),
    indices: Uint16Array.of(7, 65_535),
    empty: new Uint8Array(0),
  },
};

/** A function that returns `entry` and counts its calls. */
function createMaker() {
  const maker = {
    count: 0,
    make: async () => {
      maker.count++;
      return entry;
    },
  };
  return maker;
}

it('makes an entry once and then reads it back', async () => {
  const maker = createMaker();
  const first = await new Cache(folder).take('clip', { code: 'a' }, maker.make);
  const second = await new Cache(folder).take('clip', { code: 'a' }, maker.make);
  expect([first.isCached, second.isCached, maker.count]).toEqual([false, true, 1]);
  expect(second.entry).toEqual(entry);
});

it('makes an entry again when an input changed, the file is broken, or reading is off', async () => {
  const maker = createMaker();
  const take = (cache: Cache, code: string) => cache.take('clip', { code }, maker.make);
  await take(new Cache(folder), 'a');
  await take(new Cache(folder), 'b');
  expect(maker.count).toBe(2);
  await writeFile(`${folder}/clip.${keyOf({ code: 'b' })}.gz`, 'half a file');
  expect((await take(new Cache(folder), 'b')).isCached).toBe(false);
  const anew = new Cache(folder, { isRead: false });
  expect((await take(anew, 'b')).isCached).toBe(false);
  expect((await take(anew, 'b')).isCached).toBe(true);
  expect(maker.count).toBe(4);
  expect((await take(new Cache(folder), 'b')).isCached).toBe(true);
});

it('keeps the two entries of a name that were used last, and leaves other names alone', async () => {
  const cache = new Cache(folder);
  const { make } = createMaker();
  await cache.take('clip', { code: 'a' }, make);
  await cache.take('clip loose', { code: 'a' }, make);
  await cache.take('clip', { code: 'b' }, make);
  await cache.take('clip', { code: 'a' }, make);
  await cache.take('clip', { code: 'c' }, make);
  expect((await readdir(folder)).toSorted()).toEqual(
    [
      `clip loose.${keyOf({ code: 'a' })}.gz`,
      `clip.${keyOf({ code: 'a' })}.gz`,
      `clip.${keyOf({ code: 'c' })}.gz`,
    ].toSorted(),
  );
});
