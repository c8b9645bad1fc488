// Serves the project for the browser tests.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';
import { createServer } from 'vite';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { layOutAssets } from '../tools/lay-out-assets.mjs';
import { serveFiles } from '../tools/setup/serve-files.ts';
import { buildLab } from './build-lab.ts';
import { reports } from './reports.ts';
import { serveFaults } from './serve-faults.ts';

/**
 * Path of the data for tests and benchmarks (films and photos of people, garments of other makers): FITTING_DATA, or
 * `../shared/data` (see the contributing guide).
 */
export const dataFolder = resolve(process.env.FITTING_DATA ?? '../shared/data');
/** Whether there are films and photos of people. */
export const hasFootage = existsSync(`${dataFolder}/footage`);

/** Serves the footage of `dataFolder` under `/footage/`. */
const footage: Plugin = {
  name: 'fitting-room-footage',
  configureServer({ middlewares }) {
    middlewares.use('/footage/', serveFiles(`${dataFolder}/footage`));
  },
};

/** Serves files with faults under `/faults/`. */
const faults: Plugin = {
  name: 'fitting-room-faults',
  configureServer({ middlewares, config }) {
    middlewares.use('/faults/', serveFaults(config.root));
  },
};

/** Serves `files`, JavaScript text by file name, under `/e2e/lab/`. Vite serves the other files of that folder. */
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

/** Makes pages of the host `isolated.localhost` cross-origin isolated, which WebAssembly threads need. */
const isolated: Plugin = {
  name: 'fitting-room-isolated',
  // These headers must be set before another plugin answers with a file.
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
 * Replaces Vite's client by a module that does nothing. Vite's own keeps a socket open, and when that breaks it reloads
 * the page by means that the content security policy forbids.
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

/** The project, served. */
export interface Site {
  /** Its origin, `http://localhost:PORT`. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the project on a free port of this machine, with the content security policy of the demo's server, and the
 * footage as well. `name`: of the folder in which Vite keeps prepared packages; each server that runs at the same time
 * needs its own. `plugins`: more of Vite's.
 */
export async function openSite(name: string, plugins: readonly Plugin[] = []): Promise<Site> {
  const server = await createServer({
    plugins: [isolated, footage, faults, quietClient, ...plugins],
    // Without hot reloading and file watching no page reloads during a test. `fitting.test` is no secure context.
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null, allowedHosts: ['fitting.test'] },
    cacheDir: `node_modules/.vite/${name}`,
    logLevel: 'warn',
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('the server of the browser tests has no port');
  return { url: `http://localhost:${address.port}`, close: () => server.close() };
}

/**
 * Global set-up of the browser tests: serves the project and the lab page's script, and sets FITTING_E2E_URL to the
 * origin. Returns the function that closes the server.
 */
export default async function serve(): Promise<() => Promise<void>> {
  // Rebuilds the tracking workers when their sources have changed: the tests must not run on older ones.
  await layOutAssets();
  const { url, close } = await openSite('e2e', [labScript(await buildLab()), reports()]);
  process.env.FITTING_E2E_URL = url;
  return close;
}
