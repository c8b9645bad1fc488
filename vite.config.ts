import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { TestSequencer, TestSpecification } from 'vitest/node';
import { collapseTemplates } from './tools/pack/collapse-templates.ts';
import { keepUrlImports } from './tools/pack/keep-url-imports.ts';
import { devServer } from './tools/setup/dev-server.ts';

/**
 * Order of the unit tests: those of `tools/` first, then by path. The generators in `tools/` take longest, and a long test
 * at the end leaves one core idle.
 */
class ToolsFirst implements TestSequencer {
  sort(files: TestSpecification[]): TestSpecification[] {
    const key = ({ moduleId }: TestSpecification): string => (moduleId.includes('/tools/') ? '0' : '1') + moduleId;
    return files.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  }

  shard(files: TestSpecification[]): TestSpecification[] {
    return files;
  }
}

export default defineConfig(({ command }) => ({
  base: './',
  appType: 'mpa',
  publicDir: false,
  plugins: [devServer(), keepUrlImports(), collapseTemplates()],
  // Path of the assets relative to the module that loads them: `src/define.ts` in development, `dist/*.js` when built.
  define: {
    __ASSETS_PATH__: JSON.stringify(command === 'build' ? './assets/' : '../assets/'),
    // glTF-Transform uses Node's `Buffer` where there is one, Draco's decoder `process`. A bundler that finds such
    // a word (Parcel) adds a copy of it, or ends the build.
    ...(command === 'build' && {
      'typeof Buffer': '"undefined"',
      'typeof process': '"undefined"',
      process: 'undefined',
    }),
  },
  // Scan all pages at the start: a dependency that is found later reloads the page.
  optimizeDeps: { entries: ['src/index.ts', 'src/define.ts', 'demo/*.html'] },
  // Lit's build for browsers only cannot be imported on a shop's server, which has no `HTMLElement`.
  ...(command === 'build' && {
    resolve: {
      conditions: ['node', 'production', 'module', 'default'],
      // Its build for Node sets no properties.
      alias: { '@lit/react': fileURLToPath(new URL('node_modules/@lit/react/index.js', import.meta.url)) },
    },
  }),
  build: {
    target: 'es2023',
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // kB. three.js is a chunk of 600, loaded at the first tap.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { define: 'src/define.ts', index: 'src/index.ts', react: 'src/react.ts' },
      // The shop's own.
      external: ['react'],
      preserveEntrySignatures: 'strict',
      // All modules in one folder, so that `./assets/` is the same folder for each.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  test: {
    include: ['{src,tools,demo,e2e}/**/*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
    // The files of a worker share its modules, which hold no state: loading them anew for each file takes a fifth of the
    // time.
    isolate: false,
    sequence: { sequencer: ToolsFirst },
    // A busy machine takes several times as long. The limit only ends a test that hangs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
}));
