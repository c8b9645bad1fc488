import { css } from 'lit';
import { expect, it } from 'vitest';
import { readoptStyles } from './readopt-styles.ts';

it('readoptStyles makes the sheet in the present document of the root', () => {
  class Sheet {
    text = '';
    replaceSync(text: string): void {
      this.text = text;
    }
  }
  const root = { ownerDocument: { defaultView: { CSSStyleSheet: Sheet } }, adoptedStyleSheets: [] as unknown[] };
  readoptStyles(root as unknown as ShadowRoot, css`p { color: red; }`);
  expect(root.adoptedStyleSheets).toEqual([expect.any(Sheet)]);
  expect((root.adoptedStyleSheets[0] as Sheet).text).toContain('red');
  // A document without a window (a template's) shows nothing.
  readoptStyles({ ownerDocument: { defaultView: null } } as unknown as ShadowRoot, css``);
});
