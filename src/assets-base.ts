/**
 * Returns the URL of the assets' folder beside this script: absolute, with a trailing slash. A page whose bundler moves
 * the script sets the `assets` attribute instead.
 */
export function assetsBase(): string {
  // Not `new URL('…', import.meta.url)` in one expression: bundlers rewrite it.
  const script = import.meta.url;
  return new URL(typeof __ASSETS_PATH__ === 'string' ? __ASSETS_PATH__ : '../assets/', script).href;
}
