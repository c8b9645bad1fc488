import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel, kernelModule, kernels } from './compile-kernel.ts';

it.each(kernels)(
  'the committed module of %s is what its source compiles to',
  async (name) => {
    const committed = await readFile(new URL(`../../src/tracking/${name}-wasm.ts`, import.meta.url), 'utf8');
    expect(committed).toBe(kernelModule(name, await compileKernel(name)));
  },
  60_000,
);
