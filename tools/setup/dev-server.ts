import type { Plugin } from 'vite';
import { securityHeaders } from './security-headers.ts';
import { serveFiles } from './serve-files.ts';

/** Pages by their short address. */
const pages: Readonly<Record<string, string>> = { '/': '/demo/index.html' };

/**
 * A Vite plugin for the development server: it sends the content security policy with every response, the files of
 * `assets/` as they are, and the product page for `/`.
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
