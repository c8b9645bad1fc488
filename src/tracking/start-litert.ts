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
  /** Name of its files in `assets/runtime`, without `.js` and `.wasm`. */
  name: string;
  /** Whether the build runs a network on several threads. */
  threads: boolean;
}

/**
 * Chooses the build of LiteRT for this browser. If the browser lacks relaxed SIMD: the compatible build, without
 * threads. Otherwise the build with threads if `useThreads` is true, the page is cross-origin isolated and the browser
 * supports threads.
 */
export async function chooseLiteRtBuild(useThreads: boolean): Promise<LiteRtBuild> {
  const relaxed = await supportsFeature('relaxedSimd');
  if (!relaxed) return { name: 'litert_wasm_compat_internal', threads: false };
  const threads = useThreads && globalThis.crossOriginIsolated === true && (await supportsFeature('threads'));
  return { name: threads ? 'litert_wasm_threaded_internal' : 'litert_wasm_internal', threads };
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
  { name, threads }: LiteRtBuild,
  response: Promise<Response>,
): Promise<void> {
  let fail: (cause: unknown) => void;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  // LiteRT prints some fifty lines of information as console errors. It throws real failures, so printing is off.
  const settings: WasmSettings = {
    print: () => {},
    printErr: () => {},
    locateFile: (file) => folder + file,
    mainScriptUrlOrBlob: threads ? `${folder}${name}.js` : undefined,
    instantiateWasm: (imports, done) => {
      response
        .then((body) => WebAssembly.instantiateStreaming(body, imports))
        .then(({ instance, module }) => done(instance, module))
        .catch((cause: unknown) => fail(cause));
      return {};
    },
  };
  (globalThis as { Module?: unknown }).Module = settings;
  await Promise.race([failed, loadLiteRt(folder, { threads })]);
}
