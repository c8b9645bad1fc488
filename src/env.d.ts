/** Where the assets lie, seen from a built module (`./assets/`) or from `src/` in development (`../assets/`); set by the bundler. */
declare const __ASSETS_PATH__: string;
