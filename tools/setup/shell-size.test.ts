import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types: the build uses it before anything is compiled
import { shellBudgetBytes, shellSize } from './shell-size.mjs';

const folder = mkdtempSync(join(tmpdir(), 'shell-size-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a built define.js loads little before the first tap', async () => {
  await build({ logLevel: 'error', mode: 'production', build: { outDir: folder, emptyOutDir: true } });
  const { bytes, modules } = shellSize(folder) as { bytes: number; modules: { file: string; bytes: number }[] };
  expect(modules.map(({ file }) => file)).toContain(join(folder, 'define.js'));
  // More than the few lines of `define.js`: what it imports was found and counted.
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThanOrEqual(shellBudgetBytes);
}, 60_000);
