import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { trimWasm } from './trim-wasm.mjs';

/**
 * What `tools/trim-litert.ts` has found out: the version of `@litertjs/core`, and for each WebAssembly file its SHA-256,
 * and a bit for each function, the lowest of a byte first: 1 if it is kept.
 */
const list = JSON.parse(readFileSync(new URL('./litert-functions.json', import.meta.url), 'utf8'));

/**
 * Returns a WebAssembly file of LiteRT with only the functions that the networks can call on the CPU; a call to another
 * one traps.
 *
 * @param bytes the file, a Buffer.
 * @param name its name in `@litertjs/core`.
 * @throws Error if the file is not the one for which the functions were listed.
 */
export function trimLiteRt(bytes, name) {
  const { sha256, kept } = list.files[name];
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw new Error(
      `${name} is not that of @litertjs/core ${list.version}, of which the functions are listed. Run: node tools/run.mjs tools/trim-litert.ts`,
    );
  }
  const bits = Buffer.from(kept, 'base64');
  return trimWasm(bytes, (index) => ((bits[index >> 3] >> (index & 7)) & 1) === 1);
}
