import { describe, expect, it } from 'vitest';
import { markUrlImports } from './keep-url-imports.ts';

describe('markUrlImports', () => {
  it('marks an import of a variable for Vite, webpack and Turbopack, and leaves imports of files alone', () => {
    const marked = markUrlImports('a=await import(t);b=import(`./x.js`);c=import("./y.js")');
    expect(marked).toBe(
      'a=await import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ t);b=import(`./x.js`);c=import("./y.js")',
    );
  });

  it('leaves `import.meta` alone', () => {
    expect(markUrlImports('import.meta.url;important(t)')).toBe('import.meta.url;important(t)');
  });
});
