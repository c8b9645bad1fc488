import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import v8 from 'node:v8';
import vm from 'node:vm';
import { loadLiteRt } from '@litertjs/core';

/** The smallest module with an instruction of relaxed SIMD. */
const RELAXED = Buffer.from('AGFzbQEAAAABBQFgAAF7AwIBAAoPAQ0AQQH9D0EB/Q/9gAIL', 'base64');

/**
 * Gives this process what LiteRT's loader expects of a browser's classic worker. `script`: path of the loader, the only
 * script that it may import.
 */
function pretendWorker(script: string): void {
  // Node 20 knows relaxed SIMD, and has it switched off.
  if (!WebAssembly.validate(RELAXED)) v8.setFlagsFromString('--experimental-wasm-relaxed-simd');
  const require = createRequire(import.meta.url);
  const navigator = { gpu: undefined, userAgent: 'node', hardwareConcurrency: 1 };
  Object.defineProperty(globalThis, 'navigator', { value: navigator, configurable: true, writable: true });
  Object.assign(globalThis, { self: globalThis, window: undefined, require, __filename: script, __dirname: '.' });
  const importScripts = (): void => {
    const ModuleFactory: unknown = vm.runInThisContext(`${readFileSync(script, 'utf8')};ModuleFactory`);
    Object.assign(globalThis, { ModuleFactory });
  };
  Object.assign(globalThis, { importScripts });
}

/**
 * Starts LiteRT, Google's library that runs .tflite networks, in this process. Call it once in a process; networks are
 * then made as in the tracking worker, by `LiteRtModel`.
 *
 * @param script path of LiteRT's loader, a `.js` file.
 * @param wasm bytes of the loader's WebAssembly.
 * @param onInstance called with the WebAssembly's instance before any of its functions runs.
 */
export async function openLiteRt(
  script: string,
  wasm: Uint8Array<ArrayBuffer>,
  onInstance: (instance: WebAssembly.Instance) => void = () => {},
): Promise<void> {
  pretendWorker(script);
  const silent = (): void => {};
  const Module = {
    print: silent,
    printErr: silent,
    locateFile: (name: string) => name,
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      void WebAssembly.instantiate(wasm, imports).then(({ instance, module }) => {
        onInstance(instance);
        done(instance, module);
      });
      return {};
    },
  };
  Object.assign(globalThis, { Module });
  await loadLiteRt(script);
}
