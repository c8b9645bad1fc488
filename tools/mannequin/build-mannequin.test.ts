import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { committedBytes } from './committed-mannequin.ts';

it('the generator reproduces the committed file byte for byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mannequin-'));
  try {
    // In a process of its own: within the test runner, modules are wrapped and the generator takes three times as long.
    await promisify(execFile)('node', ['tools/run.mjs', 'tools/make-mannequin.ts', join(folder, 'mannequin.glb')]);
    const made = await readFile(join(folder, 'mannequin.glb'));
    expect(made.equals(Buffer.from(await committedBytes()))).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 180_000);
