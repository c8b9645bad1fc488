import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types: the build uses it before anything is compiled
import { shellBudgetBytes, shellSize } from './shell-size.mjs';

const folder = mkdtempSync(join(tmpdir(), 'shell-size-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => build({ logLevel: 'error', mode: 'production', build: { outDir: folder, emptyOutDir: true } }), 60_000);

it('a built define.js loads little before the first tap', () => {
  const { bytes, modules } = shellSize(folder) as { bytes: number; modules: { file: string; bytes: number }[] };
  expect(modules.map(({ file }) => file)).toContain(join(folder, 'define.js'));
  // More than the few lines of `define.js`: what it imports was found and counted.
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThanOrEqual(shellBudgetBytes);
});

it('a built index.js and define.js can be imported in Node, where they define nothing', () => {
  const script = `
    const before = Object.getOwnPropertyNames(globalThis);
    const { FittingRoom, FittingGarment, FittingError } = await import('./index.js');
    await import('./define.js');
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    console.log(JSON.stringify({ types: [FittingRoom, FittingGarment, FittingError].map((member) => typeof member), defined: globalThis.customElements?.get('fitting-room') !== undefined, added }));
  `;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { added, ...rest } = JSON.parse(said) as { added: string[] };
  expect(rest).toMatchObject({ types: ['function', 'function', 'function'], defined: false });
  // Lit's own, versions and a registry; nothing of ours.
  expect(added.filter((name) => !/^(lit|reactive|customElements$)/.test(name))).toEqual([]);
});
