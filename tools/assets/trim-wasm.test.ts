import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { trimLiteRt } from './trim-litert.mjs';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { trimWasm } from './trim-wasm.mjs';

/**
 * A module of two exported functions, i32 → i32: `twice` adds its argument to itself, `thrice` calls `twice` and adds
 * its argument.
 */
const MODULE = Buffer.from(
  [
    '0061736d01000000', // header
    '01060160017f017f', // types
    '0303020000', // functions
    '0712020574776963650000067468726963650001', // exports: two
    '0a13020700200020006a0b09002000100020006a0b', // code
  ].join(''),
  'hex',
);

interface Calls {
  twice: (value: number) => number;
  thrice: (value: number) => number;
}

async function start(bytes: Buffer): Promise<Calls> {
  return (await WebAssembly.instantiate(new Uint8Array(bytes))).instance.exports as unknown as Calls;
}

describe('trimWasm', () => {
  it('returns the same bytes if all functions are kept', () => {
    expect((trimWasm(MODULE, () => true) as Buffer).equals(MODULE)).toBe(true);
  });

  it('keeps what is to be kept; another function traps, also where a kept one calls it', async () => {
    const whole = await start(MODULE);
    expect([whole.twice(4), whole.thrice(4)]).toEqual([8, 12]);
    const first = await start(trimWasm(MODULE, (index: number) => index === 0));
    expect(first.twice(4)).toBe(8);
    expect(() => first.thrice(4)).toThrow(WebAssembly.RuntimeError);
    const second = await start(trimWasm(MODULE, (index: number) => index === 1));
    expect(() => second.thrice(4)).toThrow(WebAssembly.RuntimeError);
  });
});

describe('trimLiteRt', () => {
  const NAME = 'litert_wasm_internal.wasm';

  it('trims the installed file to less than a third', async () => {
    const bytes = await readFile(`node_modules/@litertjs/core/wasm/${NAME}`);
    const trimmed = trimLiteRt(bytes, NAME) as Buffer;
    expect(trimmed.length).toBeLessThan(bytes.length / 3);
  });

  it('refuses a file of another version, and says what to run', () => {
    expect(() => trimLiteRt(MODULE, NAME)).toThrow(/tools\/trim-litert\.ts/);
  });
});
