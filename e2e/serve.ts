import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { createServer } from 'vite';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { layOutAssets } from '../tools/lay-out-assets.mjs';
import { serveFiles } from '../tools/setup/serve-files.ts';
import { buildLab } from './build-lab.ts';

/** Folder of the footage and garments for tests; see the contributing guide. */
export const dataFolder = resolve(process.env.FITTING_DATA ?? '../shared/data');
export const hasFootage = existsSync(`${dataFolder}/footage`);

const footage: Plugin = {
  name: 'fitting-room-footage',
  configureServer({ middlewares }) {
    middlewares.use('/footage/', serveFiles(`${dataFolder}/footage`));
  },
};

/** Answers with the bundled script of the lab page; other files of that folder are left to Vite. */
function labScript(files: ReadonlyMap<string, string>): Plugin {
  return {
    name: 'fitting-room-lab-script',
    configureServer({ middlewares }) {
      middlewares.use('/e2e/lab/', (request, response, next) => {
        const code = files.get((request.url ?? '').slice(1));
        if (code === undefined) return next();
        response.setHeader('Content-Type', 'text/javascript');
        response.end(code);
      });
    },
  };
}

/** Makes pages under the host `isolated.localhost` cross-origin isolated, which threads need. */
const isolated: Plugin = {
  name: 'fitting-room-isolated',
  // Its handler must run before those that send files.
  enforce: 'pre',
  configureServer({ middlewares }) {
    middlewares.use((request, response, next) => {
      if (request.headers.host?.startsWith('isolated.localhost')) {
        response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
        response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
      }
      next();
    });
  },
};

/**
 * Replaces Vite's client by one that does nothing. Vite's own keeps a socket open and, when that breaks, reloads the page in
 * a manner that the policy forbids.
 */
const quietClient: Plugin = {
  name: 'fitting-room-quiet-client',
  configureServer({ middlewares }) {
    middlewares.use('/@vite/client', (_request, response) => {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(
        'export const createHotContext = () => ({ accept() {}, dispose() {} });\nexport const injectQuery = (url) => url;',
      );
    });
  },
};

/**
 * Serves the project for one run of the browser tests, with the demo's strict security headers, on a free port. Writes the
 * origin to `FITTING_E2E_URL`. Serves the footage under `/footage/`. Returns the function that closes the server.
 */
export default async function serve(): Promise<() => Promise<void>> {
  // Builds the tracking workers anew: the tests must not run on older ones.
  await layOutAssets();
  const server = await createServer({
    plugins: [isolated, footage, quietClient, labScript(await buildLab())],
    // Nothing may reload a page during a test. `fitting.test` is no secure context: see errors.e2e.ts.
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null, allowedHosts: ['fitting.test'] },
    cacheDir: 'node_modules/.vite/e2e',
    logLevel: 'warn',
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('the server of the browser tests has no port');
  process.env.FITTING_E2E_URL = `http://localhost:${address.port}`;
  return () => server.close();
}
