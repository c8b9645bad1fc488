import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { compileKernel, kernelModule, kernelNames, kernels } from './compile-kernel.ts';

it.each(kernelNames)(
  'the committed module of %s is what its source compiles to',
  async (name) => {
    const committed = await readFile(new URL(`../../src/${kernels[name]}/${name}-wasm.ts`, import.meta.url), 'utf8');
    expect(committed).toBe(kernelModule(name, await compileKernel(name)));
  },
  60_000,
);
