import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { parseGarment } from '../../src/garment/parse-garment.ts';
import { readGlb } from '../../src/garment/read-glb.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { readMannequin } from '../../src/mannequin/read-mannequin.ts';
import { allPatterns } from './all-patterns.ts';
import { measureCut } from './measure-cut.ts';

let mannequin: Mannequin;
async function bytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return Uint8Array.from(await readFile(new URL(`../../${path}`, import.meta.url)));
}
beforeAll(async () => {
  vi.stubGlobal('self', globalThis);
  vi.stubGlobal('createImageBitmap', async () => ({ width: 1, height: 1, close() {} }));
  mannequin = await readMannequin((await bytes('assets/mannequin.glb')).buffer);
});
afterAll(() => vi.unstubAllGlobals());

it.each(allPatterns)(
  '$path, as it is simulated, has the measures of its table within 1 cm in every size',
  async (made) => {
    const { pattern, path } = made;
    const garment = await parseGarment(readGlb(await bytes(path)), { url: path, mannequin, warnings: [] });
    const measured = measureCut(garment, pattern);
    expect(measured).toHaveLength(Object.keys(pattern.sizes).length * pattern.tapes.length);
    for (const { size, name, wanted, measured: metres } of measured) {
      expect(Math.abs(metres - wanted), `${name} of size ${size}`).toBeLessThan(0.01);
    }
  },
  60_000,
);
