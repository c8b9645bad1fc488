/**
 * Returns the default URL of the assets' folder (models, worker, mannequin): absolute, ending with a slash.
 *
 * The path from this script to the folder is the build-time constant `__ASSETS_PATH__`. Vite replaces it as
 * `vite.config.ts` says: `./assets/` in a build, where all scripts are in `dist/`, and `../assets/` in development,
 * where this script is in `src/`. Where nothing has replaced it, the path is `../assets/` too.
 *
 * A page's own bundler moves the script, or writes the address of a file on the disk in place of `import.meta.url`.
 * This URL is then wrong, and the page sets the `assets` attribute of `<fitting-room>` instead.
 */
export function assetsBase(): string {
  // Joined as text. Bundlers take `new URL(path, import.meta.url)` for a file to bundle; Turbopack does so through
  // constants as well, and ends the build because `./assets/` is a folder. A classic script has no `import.meta.url`.
  const script: string = import.meta.url ?? document.baseURI;
  const folder = script.slice(0, script.lastIndexOf('/') + 1);
  return new URL(folder + (typeof __ASSETS_PATH__ === 'string' ? __ASSETS_PATH__ : '../assets/')).href;
}
