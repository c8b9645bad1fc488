/**
 * Path from a module to the assets' folder: `./assets/` from a built module, `../assets/` from a module of `src/` in
 * development. The bundler sets it.
 */
declare const __ASSETS_PATH__: string;
