import { defineConfig } from 'vitest/config';
import { devServer } from './tools/setup/dev-server.ts';

export default defineConfig(({ command }) => ({
  base: './',
  appType: 'mpa',
  publicDir: false,
  plugins: [devServer()],
  // From the module that asks (`import.meta.url`) to the assets: `src/define.ts` in development, `dist/*.js` once built.
  define: { __ASSETS_PATH__: JSON.stringify(command === 'build' ? './assets/' : '../assets/') },
  // Known beforehand, so that no page is reloaded because a dependency was discovered late.
  optimizeDeps: { entries: ['src/index.ts', 'src/define.ts', 'demo/*.html'] },
  // Not Lit's browser-only bundle: what it is built into must also load where there is no `HTMLElement`, on a shop's server.
  ...(command === 'build' && { resolve: { conditions: ['node', 'production', 'module', 'default'] } }),
  build: {
    target: 'es2023',
    modulePreload: false,
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // kB; three.js is one chunk of 600, fetched at the first tap.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: { define: 'src/define.ts', index: 'src/index.ts' },
      preserveEntrySignatures: 'strict',
      // All modules in one folder: `./assets/` must mean the same from each.
      output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
    },
  },
  test: {
    include: ['{src,tools,demo,e2e}/**/*.test.ts'],
    environment: 'node',
    maxWorkers: 2,
  },
}));
