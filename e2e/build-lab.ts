import type { Rolldown } from 'vite';
import { build } from 'vite';

/**
 * Bundles the script of the lab page, so that a page loads a few files and not two hundred modules. Returns the text of
 * each file by its name: `lab.js`, and the chunks that it imports on demand.
 */
export async function buildLab(): Promise<Map<string, string>> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    define: { __ASSETS_PATH__: JSON.stringify('/assets/') },
    build: {
      write: false,
      target: 'es2023',
      minify: false,
      modulePreload: false,
      rolldownOptions: {
        input: 'e2e/lab/lab.ts',
        // package.json names only the built define.js as a file with side effects, so src/define.ts would be dropped.
        treeshake: false,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  const { output } = result as Rolldown.RolldownOutput;
  return new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : [])));
}
