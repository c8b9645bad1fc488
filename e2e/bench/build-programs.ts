// Builds the programs that benchmarks run in the browser, and the page that holds them.
import type { Plugin, Rolldown } from 'vite';
import { build } from 'vite';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { bundles } from '../../tools/assets/runtime-bundles.mjs';

/**
 * Files that replace packages which a bundler cannot read: module name → path from the repository's root, the same as
 * in the product's worker.
 */
const alias: Record<string, string> = Object.assign(
  {},
  ...(bundles as { alias?: Record<string, string> }[]).map((bundle) => bundle.alias),
);

/** A program of `e2e/bench/page`: code that a benchmark runs in the browser. */
export interface Program {
  /** Name of the entry file in `e2e/bench/page`, without `.ts`. */
  name: string;
  /**
   * `es`: modules, for pages. `iife`: one classic script, for workers and for scripts that run before the page's own.
   */
  format: 'es' | 'iife';
}

/**
 * Bundles and minifies programs for the browser, as a shop's bundler does. Returns JavaScript text by file name:
 * `<program>.js`, and `<program>-<module>-<hash>.js` for each lazy import; styles, source maps and other outputs are
 * dropped. `plugin`: a Vite plugin that changes modules before they are bundled. Writes no file.
 *
 * The current directory must be the repository's root. The product's build-time constant `__ASSETS_PATH__`, the path
 * from its modules to its models and garments, becomes `../assets/`; the server must send the folder `assets` there.
 */
export async function buildPrograms(programs: readonly Program[], plugin?: Plugin): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, format } of programs) {
    const result = await build({
      configFile: false,
      logLevel: 'error',
      plugins: [plugin],
      define: { __ASSETS_PATH__: JSON.stringify('../assets/'), 'process.env.NODE_ENV': '"production"' },
      resolve: {
        alias: Object.fromEntries(Object.entries(alias).map(([from, to]) => [from, `${process.cwd()}/${to}`])),
      },
      build: {
        write: false,
        target: 'es2023',
        modulePreload: false,
        rolldownOptions: {
          input: `e2e/bench/page/${name}.ts`,
          output: { format, entryFileNames: '[name].js', chunkFileNames: `${name}-[name]-[hash].js` },
        },
      },
    });
    for (const { output } of [result].flat() as Rolldown.RolldownOutput[]) {
      for (const file of output) {
        if (file.type === 'chunk') files[file.fileName] = file.code;
      }
    }
  }
  return files;
}

/** Returns the HTML of an empty page that runs the module `/bench/<name>.js`; `name` is a program's. */
export function pageOf(name: string): string {
  return `<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Benchmark</title>
  <link rel="icon" href="/demo/icon.svg" type="image/svg+xml">
  <script type="module" src="/bench/${name}.js"></script>
  <body></body>
</html>`;
}
