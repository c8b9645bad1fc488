import type { CSSResult } from 'lit';

/**
 * Gives a shadow root its styles in the document where it is now: sheets made by script belong to one document, and stay
 * behind when an element moves to another (a frame, a window of its own).
 */
export function readoptStyles(root: ShadowRoot, { cssText }: CSSResult): void {
  const view = root.ownerDocument.defaultView;
  // Where sheets cannot be adopted, Lit has put in a <style>, which moves along.
  if (!view || !('adoptedStyleSheets' in root)) return;
  const sheet = new (view as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(cssText);
  root.adoptedStyleSheets = [sheet];
}
