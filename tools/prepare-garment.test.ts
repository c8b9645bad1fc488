import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeGlb } from '../src/garment/make-glb.test-helper.ts';
import { garmentExtras, isPrepared } from '../src/garment/prepared-format.ts';
import { readGlb } from '../src/garment/read-glb.ts';

/** Runs the command line. */
function prepare(file: string): Promise<{ code: number; out: string; err: string }> {
  const args = ['tools/run.mjs', 'tools/prepare-garment.ts', file];
  return new Promise((resolve) =>
    execFile('node', args, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err })),
  );
}

// Each run starts Node and compiles the tool.
it('prepares a file from the command line, prints its bytes and guesses, and exits with 1 when it cannot', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'prepare-garment-'));
  try {
    await writeFile(join(folder, 'tube.glb'), new Uint8Array(await makeGlb({ skinned: false })));
    const { code, out, err } = await prepare(join(folder, 'tube.glb'));
    expect(code).toBe(0);
    const written = Uint8Array.from(await readFile(join(folder, 'tube-prepared.glb')));
    expect(isPrepared(garmentExtras(readGlb(written).json))).toBe(true);
    expect(out).toContain(`tube-prepared.glb: ${written.byteLength} bytes`);
    expect(err).toMatch(/tube\.glb: no bones/);
    expect(await prepare(join(folder, 'nowhere.glb'))).toMatchObject({
      code: 1,
      err: expect.stringMatching(/nowhere\.glb: there is no such file/),
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
