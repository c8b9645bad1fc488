import type { Plugin } from 'vite';
import { securityHeaders } from './security-headers.ts';
import { serveFiles } from './serve-files.ts';

/** Path of a URL → path of the HTML file that is sent for it, from the repository's root. */
const pages: Readonly<Record<string, string>> = { '/': '/demo/index.html' };

/**
 * Returns a Vite plugin for the development server; it does not change builds. The current directory must be the
 * repository's root.
 *
 * 1. Every response gets the security headers: the content security policy, and `nosniff`, which keeps browsers from
 *    guessing content types.
 * 2. A request for `/` gets the demo's product page; the query string stays.
 * 3. The demo's service worker may serve all pages, not only those beside it (`Service-Worker-Allowed`).
 * 4. A request for `/assets/PATH` gets that file of the folder `assets` unchanged, or status 404.
 */
export function devServer(): Plugin {
  return {
    name: 'fitting-room-dev-server',
    apply: 'serve',
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
        const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
        const page = pages[pathname];
        if (page !== undefined) request.url = page + search;
        if (pathname === '/demo/service-worker.ts') response.setHeader('Service-Worker-Allowed', '/');
        next();
      });
      middlewares.use('/assets/', serveFiles('assets'));
    },
  };
}
