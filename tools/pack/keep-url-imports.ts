import type { Plugin } from 'vite';

/** An import of a module whose URL is a variable, as the minifier writes it. */
const URL_IMPORT = /\bimport\(\s*([\w$]+)\s*\)/g;

/**
 * In the built modules, marks each import of a URL that is known only on the page (a file of the assets), so that a
 * shop's bundler leaves it alone. Without the marks Vite warns, and webpack and Turbopack replace the import by one
 * that finds nothing. The minifier drops comments, so they are put in after it.
 */
export function keepUrlImports(): Plugin {
  return {
    name: 'fitting-room-keep-url-imports',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) if (file.type === 'chunk') file.code = markUrlImports(file.code);
    },
  };
}

/** Puts the marks into a module's text. */
export function markUrlImports(code: string): string {
  return code.replace(
    URL_IMPORT,
    'import(/* @vite-ignore */ /* webpackIgnore: true */ /* turbopackIgnore: true */ $1)',
  );
}
