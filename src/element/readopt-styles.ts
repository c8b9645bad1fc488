import type { CSSResult } from 'lit';

/**
 * Creates a style sheet with the given text in the present document of a shadow root, and makes it the root's only
 * adopted one. A sheet made by script belongs to one document and is lost when the element moves to another (an iframe,
 * a popup window): call this after each move.
 */
export function readoptStyles(root: ShadowRoot, { cssText }: CSSResult): void {
  const view = root.ownerDocument.defaultView;
  // A document without a window shows nothing. In a browser without adopted style sheets Lit has rendered a <style>
  // element, which moves with the root.
  if (!view || !('adoptedStyleSheets' in root)) return;
  const sheet = new (view as Window & typeof globalThis).CSSStyleSheet();
  sheet.replaceSync(cssText);
  root.adoptedStyleSheets = [sheet];
}
