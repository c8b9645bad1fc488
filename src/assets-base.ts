/**
 * Where the assets lie beside the script, as an absolute URL with a trailing slash. A page whose bundler moves the script
 * sets the `assets` attribute instead. (`import.meta.url` goes through a variable: bundlers rewrite `new URL('…', import.meta.url)`.)
 */
export function assetsBase(): string {
  const script = import.meta.url;
  return new URL(typeof __ASSETS_PATH__ === 'string' ? __ASSETS_PATH__ : '../assets/', script).href;
}
