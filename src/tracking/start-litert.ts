import { loadLiteRt, supportsFeature } from '@litertjs/core';

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
 * which LiteRT's loader reads its settings. Rejects with what the download or LiteRT throws.
 *
 * @param folder absolute URL of `assets/runtime` with a trailing slash.
 * @param build which files, and whether to use threads.
 * @param response the download of the build's WebAssembly file.
 */
export async function startLiteRt(
  folder: string,
  { script, threads }: LiteRtBuild,
  response: Promise<Response>,
): Promise<void> {
  let fail: (cause: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // LiteRT prints some fifty lines of information as console errors. It throws real failures, so printing is off.
  const settings: WasmSettings = {
    print: () => {},
    printErr: () => {},
    locateFile: (file) => folder + file,
    mainScriptUrlOrBlob: threads ? folder + script : undefined,
    instantiateWasm: (imports, done) => {
      response
        .then((body) => WebAssembly.instantiateStreaming(body, imports))
        .then(({ instance, module }) => done(instance, module))
        .catch((cause: unknown) => fail(cause));
      return {};
    },
  };
  (globalThis as { Module?: unknown }).Module = settings;
  // The script says whether there are threads: LiteRT would choose another one.
  await Promise.race([failed, loadLiteRt(folder + script)]);
}
