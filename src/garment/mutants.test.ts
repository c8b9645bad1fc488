// Garment files with seeded faults: each is loaded, or refused with a message for the merchandiser, in little time.
// `MUTANTS=10000 npx vitest run src/garment/mutants.test.ts` tries more of them.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { prepareGarment } from '../adopt/prepare-garment.ts';
import { FittingError } from '../errors.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { readMannequin } from '../mannequin/read-mannequin.ts';
import type { Garment } from './garment.ts';
import { loadGarment } from './load-garment.ts';
import { makeGlb } from './make-glb.test-helper.ts';
import { makeTube, makeTubeMannequin } from './make-tube.test-helper.ts';
import { mutateGlb } from './mutate-glb.test-helper.ts';

const MUTANTS = Number(process.env.MUTANTS ?? 2000);
/** Most time of the processor for one file, ms. */
const MAX_MS = 2000;

// GLTFLoader reads the global `self`, and decodes pictures.
beforeEach(() => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 16, height: 16, close() {} }));
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

async function load(file: Uint8Array<ArrayBuffer>, mannequin: Mannequin): Promise<Garment> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(file)));
  return loadGarment('https://shop.example/a.glb', {
    mannequin,
    adopt: (bytes, body) => prepareGarment(bytes, body, { compress: false }),
  });
}

/** What is wrong with a garment that was loaded; null for nothing. */
function faultOf({ parts, manifest }: Garment): string | null {
  for (const { positions, normals, indices, skinWeights } of parts) {
    if (!positions.every(Number.isFinite)) return 'positions';
    if (!normals.every(Number.isFinite)) return 'normals';
    if (!skinWeights.every(Number.isFinite)) return 'weights';
    if (indices.some((index) => index >= positions.length / 3)) return 'indices';
  }
  return Object.hasOwn(manifest.sizes, manifest.baseSize) ? null : 'base size';
}

const tubeMannequin = makeTubeMannequin(makeTube(0.15, 0.7, 1.6));
const manifest = { kind: 'top', sizes: { M: { chest: 107 }, L: { chest: 117 } } };
const files = {
  'a strange file': {
    share: 0.1,
    read: async () => ({ file: await makeGlb({ skinned: false }), mannequin: tubeMannequin }),
  },
  'a file with a rig and a manifest': {
    share: 0.6,
    read: async () => ({ file: await makeGlb({ manifest, colors: ['white', 'navy'] }), mannequin: tubeMannequin }),
  },
  'the tee': {
    share: 0.3,
    read: async () => ({
      file: await readFile('assets/tee.glb'),
      mannequin: await readMannequin(Uint8Array.from(await readFile('assets/mannequin.glb')).buffer),
    }),
  },
};

for (const [name, { share, read }] of Object.entries(files)) {
  const count = Math.round(share * MUTANTS);
  it(`${name}, ${count} times with a fault (seeds 0 to ${count - 1})`, async () => {
    const { file, mannequin } = await read();
    const bytes = new Uint8Array(file);
    const seen = { loaded: 0, refused: 0 };
    let slowest = 0;
    for (let seed = 0; seed < count; seed++) {
      const before = process.cpuUsage();
      const fault = await load(mutateGlb(bytes, seed), mannequin).then(
        (garment) => {
          seen.loaded++;
          return faultOf(garment);
        },
        (error: unknown) => {
          seen.refused++;
          if (!(error instanceof FittingError)) return String(error);
          return error.code === 'garment-invalid' && error.message.length > 40
            ? null
            : `${error.code} ${error.message}`;
        },
      );
      expect(fault, `seed ${seed}`).toBe(null);
      const { user, system } = process.cpuUsage(before);
      slowest = Math.max(slowest, (user + system) / 1000);
      expect(slowest, `milliseconds of seed ${seed}`).toBeLessThan(MAX_MS);
    }
    // Both happen, or the faults are all too small or all too large.
    expect(Math.min(seen.loaded, seen.refused)).toBeGreaterThan(0.05 * count);
    // A good file is worn afterwards.
    expect((await load(bytes, mannequin)).parts.length).toBeGreaterThan(0);
  }, 300_000);
}
