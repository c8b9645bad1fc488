import type { Plugin, Rolldown } from 'vite';
import { build } from 'vite';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { bundles } from '../../tools/assets/runtime-bundles.mjs';

/** The stand-ins by which the product bundles packages that a bundler cannot read. */
const alias: Record<string, string> = Object.assign(
  {},
  ...(bundles as { alias?: Record<string, string> }[]).map((bundle) => bundle.alias),
);

export interface Program {
  /** TypeScript file below `e2e/bench/page`, without its ending. */
  name: string;
  /** Modules for pages; one classic script for workers and for what runs before everything else. */
  format: 'es' | 'iife';
}

/** Bundles programs for the browser as a shop's bundler would: their files by name, `<program>.js` and what that imports. */
export async function buildPrograms(programs: readonly Program[], plugin?: Plugin): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, format } of programs) {
    const result = await build({
      configFile: false,
      logLevel: 'error',
      plugins: [plugin],
      define: { __ASSETS_PATH__: JSON.stringify('/assets/'), 'process.env.NODE_ENV': '"production"' },
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

/** A page that runs the module `name` and nothing else. */
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
