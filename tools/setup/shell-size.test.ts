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

it('a built define.js stays within the budget of bytes before the first tap', () => {
  const { bytes, modules } = shellSize(folder) as { bytes: number; modules: { file: string; bytes: number }[] };
  expect(modules.map(({ file }) => file)).toContain(join(folder, 'define.js'));
  // `define.js` itself is smaller: its imports were found and counted.
  expect(bytes).toBeGreaterThan(5_000);
  expect(bytes).toBeLessThanOrEqual(shellBudgetBytes);
});

it('a built index.js and define.js can be imported in Node, where they define no element', () => {
  const script = `
    const before = Object.getOwnPropertyNames(globalThis);
    const { FittingRoom, FittingGarment, FittingError } = await import('./index.js');
    await import('./define.js');
    const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name));
    const types = [FittingRoom, FittingGarment, FittingError].map((member) => typeof member);
    const defined = globalThis.customElements?.get('fitting-room') !== undefined;
    console.log(JSON.stringify({ types, defined, added }));
  `;
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: folder,
    encoding: 'utf8',
  });
  const { added, ...rest } = JSON.parse(output) as { added: string[] };
  expect(rest).toMatchObject({ types: ['function', 'function', 'function'], defined: false });
  // Lit adds its versions and a registry of custom elements; the product adds no global.
  expect(added.filter((name) => !/^(lit|reactive|customElements$)/.test(name))).toEqual([]);
});
