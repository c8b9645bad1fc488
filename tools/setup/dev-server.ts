import type { Plugin } from 'vite';
import { securityHeaders } from './security-headers.ts';
import { serveFiles } from './serve-files.ts';

/** Short addresses and the pages that are sent for them. */
const pages: Readonly<Record<string, string>> = { '/': '/demo/index.html' };

/**
 * Returns a Vite plugin for the development server: it sends the content security policy with every response, the files
 * of the folder `assets` unchanged, and the demo's product page for `/`. The current directory must be the repository's
 * root.
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
        next();
      });
      middlewares.use('/assets/', serveFiles('assets'));
    },
  };
}
