/**
 * Returns the default URL of the assets' folder (models, worker, mannequin): absolute, ending with a slash.
 *
 * The path from this script to the folder is the build-time constant `__ASSETS_PATH__`. Vite replaces it as
 * `vite.config.ts` says: `./assets/` in a build, where all scripts are in `dist/`, and `../assets/` in development,
 * where this script is in `src/`. Where nothing has replaced it, the path is `../assets/` too. If a page's own bundler
 * moves the script, this URL is wrong, and the page sets the `assets` attribute of `<fitting-room>` instead.
 */
export function assetsBase(): string {
  // Not `new URL('…', import.meta.url)` in one expression: bundlers rewrite it.
  const script = import.meta.url;
  return new URL(typeof __ASSETS_PATH__ === 'string' ? __ASSETS_PATH__ : '../assets/', script).href;
}
