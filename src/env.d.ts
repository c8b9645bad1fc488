/**
 * Path from a module to the assets' folder, ending with a slash: `./assets/` from a built module, `../assets/` from a
 * module of `src/` in development. The bundler replaces the name by the text: see `define` in `vite.config.ts`.
 */
declare const __ASSETS_PATH__: string;
