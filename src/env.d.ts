/**
 * Path from a module to the assets' folder, ending with a slash: `./assets/` from a built module, `../assets/` from a
 * module of `src/` in development. The bundler replaces the name by the text: see `define` in `vite.config.ts`.
 */
declare const __ASSETS_PATH__: string;

/** Draco's decoder, compiled by Emscripten: a function that runs its WebAssembly and resolves to its classes. */
declare module 'draco3dgltf/draco_decoder_gltf_nodejs.js' {
  export default function createDecoderModule(options: {
    wasmBinary: ArrayBuffer;
    printErr?: (text: string) => void;
  }): Promise<unknown>;
}
