import { FittingError } from '../errors.ts';

/** The shortest module of WebAssembly: its name and its version (https://webassembly.github.io/spec/core/binary/modules.html). */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/**
 * Throws a `FittingError` if the page cannot run WebAssembly, which tracking and cloth need: `unsupported-browser` where
 * the browser has none, `engine-failed`, which names the way out, where the page's content security policy forbids it.
 * Called before anything large is loaded.
 */
export function checkWebAssembly(): void {
  if (typeof WebAssembly !== 'object')
    throw new FittingError(
      'unsupported-browser',
      'This browser has no WebAssembly, or it is switched off (as in a lockdown mode).',
    );
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new FittingError(
      'engine-failed',
      'The page may not run WebAssembly: its content security policy must allow \'wasm-unsafe-eval\' in "script-src", for the page and for the files of `assets`.',
      { cause },
    );
  }
}
