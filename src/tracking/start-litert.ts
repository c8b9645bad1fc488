import { loadLiteRt, supportsFeature } from '@litertjs/core';
import { FittingError } from '../errors.ts';
import { FileFault } from './file-fault.ts';

/**
 * Settings that Emscripten's loader reads from the worker's global scope: printing, the URL of a file, the script that
 * threads load, and how the WebAssembly is instantiated.
 */
interface WasmSettings {
  print: (line: string) => void;
  printErr: (line: string) => void;
  locateFile: (name: string) => string;
  mainScriptUrlOrBlob?: string;
  instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => object;
}

/** The downloads of a build's files. */
export interface LiteRtFiles {
  /** The script; resolves when it is in the browser's cache. */
  script: Promise<unknown>;
  /** The WebAssembly. */
  runtime: Promise<Response>;
  /** Rejects with the `FileFault` of the first file that cannot be had whole. Never resolves. */
  failed: Promise<never>;
}

/** A build of LiteRT, Google's library that runs .tflite networks. */
export interface LiteRtBuild {
  /** Name of its script in `assets/runtime`. */
  script: string;
  /** Name of its WebAssembly in `assets/runtime`. */
  wasm: string;
  /** Whether the build runs a network on several threads. */
  threads: boolean;
}

/** The build that runs in every browser and has all functions: those for the GPU too. */
export const WHOLE_BUILD: LiteRtBuild = {
  script: 'litert_wasm_compat_internal.js',
  wasm: 'litert_wasm_compat_internal.wasm',
  threads: false,
};

/**
 * Chooses the build of LiteRT for networks on the CPU of this browser. With threads, if the page is cross-origin
 * isolated and the browser supports threads and relaxed SIMD. Otherwise a trimmed build, with or without relaxed SIMD:
 * a quarter of the size, because it holds only the functions that the networks are known to call. A call to another
 * function throws a `WebAssembly.RuntimeError`; then `WHOLE_BUILD` has to be used.
 */
export async function chooseLiteRtBuild(): Promise<LiteRtBuild> {
  if (!(await supportsFeature('relaxedSimd')))
    return { script: WHOLE_BUILD.script, wasm: 'litert_wasm_compat_trimmed.wasm', threads: false };
  if (globalThis.crossOriginIsolated === true && (await supportsFeature('threads')))
    return { script: 'litert_wasm_threaded_internal.js', wasm: 'litert_wasm_threaded_internal.wasm', threads: true };
  return { script: 'litert_wasm_internal.js', wasm: 'litert_wasm_trimmed.wasm', threads: false };
}

/**
 * Starts LiteRT; it is then a global of the worker. Call it once, in a classic worker. Sets the global `Module`, from
 * which LiteRT's loader reads its settings. Rejects with `FileFault` where a file is to blame, with `FittingError`
 * `engine-failed` where the worker may not run WebAssembly, or with what LiteRT throws.
 *
 * @param folder absolute URL of `assets/runtime` with a trailing slash.
 * @param build which files, and whether to use threads.
 * @param files the downloads of these files.
 */
export async function startLiteRt(
  folder: string,
  { script, wasm, threads }: LiteRtBuild,
  files: LiteRtFiles,
): Promise<void> {
  checkPolicy();
  let fail: (cause: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // LiteRT prints some fifty lines of information as console errors. It throws real failures, so printing is off.
  const settings: WasmSettings = {
    print: () => {},
    printErr: () => {},
    locateFile: (file) => folder + file,
    mainScriptUrlOrBlob: threads ? folder + script : undefined,
    instantiateWasm: (imports, done) => {
      files.runtime
        .then((body) => WebAssembly.instantiateStreaming(body, imports))
        .then(({ instance, module }) => done(instance, module))
        .catch((cause: unknown) => {
          const reason = cause instanceof Error ? cause.message : String(cause);
          const url = folder + wasm;
          fail(new FileFault('engine-failed', url, `${url} cannot be run: ${reason}`, { cause }));
        });
      return {};
    },
  };
  (globalThis as { Module?: unknown }).Module = settings;
  // The script says whether there are threads: LiteRT would choose another one.
  await Promise.race([files.failed, failed, files.script.then(() => loadLiteRt(folder + script))]);
}

/** The shortest module of WebAssembly: its name and its version. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

/** Throws where the policy sent with the worker's script forbids WebAssembly. */
function checkPolicy(): void {
  try {
    new WebAssembly.Module(EMPTY_MODULE);
  } catch (cause) {
    throw new FittingError(
      'engine-failed',
      `The content security policy that is sent with ${globalThis.location.href} forbids WebAssembly: add 'wasm-unsafe-eval' to "script-src"`,
      { cause },
    );
  }
}
