import { loadLiteRt, supportsFeature } from '@litertjs/core';

/** Settings that Emscripten's loader reads from the worker's global scope. */
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

/** A build of LiteRT: the files `name`.js and `name`.wasm. */
export interface LiteRtBuild {
  name: string;
  threads: boolean;
}

/**
 * The build of LiteRT for this browser: without relaxed SIMD where the browser lacks it; with threads if `useThreads`
 * and the page is cross-origin isolated.
 */
export async function chooseLiteRtBuild(useThreads: boolean): Promise<LiteRtBuild> {
  const relaxed = await supportsFeature('relaxedSimd');
  if (!relaxed) return { name: 'litert_wasm_compat_internal', threads: false };
  const threads = useThreads && globalThis.crossOriginIsolated === true && (await supportsFeature('threads'));
  return { name: threads ? 'litert_wasm_threaded_internal' : 'litert_wasm_internal', threads };
}

/**
 * Starts LiteRT from `folder` (absolute URL with a trailing slash), with the WebAssembly file in `response`. Call it
 * once, in a classic worker. Rejects with what the download or LiteRT throws.
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
