// Runs a TypeScript program of this repository in Node:
//   node tools/run.mjs tools/make-mannequin.ts [arguments]
//
// The program is bundled first, as the product is, so that times that it measures are near the product's. Run file by
// file by Vite's module runner, the same body solve took 1.5 times as long: each use of another file's export is a
// look-up by name there.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'vite';

const [file, ...args] = process.argv.slice(2);
// The program reads its arguments from `process.argv`, as it would without this runner.
process.argv.splice(1, process.argv.length, file, ...args);
// Inside the repository, so that the bundle finds the packages that it imports.
const folder = resolve('node_modules', '.programs', String(process.pid));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.setSourceMapsEnabled(true);
const { NODE_ENV } = process.env;
await build({
  configFile: false,
  logLevel: 'warn',
  plugins: [
    {
      // Programs find files of the repository beside their own: each keeps its address.
      name: 'keep-addresses',
      transform: (code, id) => ({
        code: code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(id).href)),
        map: null,
      }),
    },
  ],
  build: {
    ssr: resolve(file),
    outDir: folder,
    minify: false,
    sourcemap: true,
    rolldownOptions: { output: { entryFileNames: 'program.mjs' } },
  },
});
// Vite's build has set it for the whole process.
if (NODE_ENV === undefined) delete process.env.NODE_ENV;
else process.env.NODE_ENV = NODE_ENV;
await import(pathToFileURL(join(folder, 'program.mjs')).href);
