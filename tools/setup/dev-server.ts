import type { Plugin } from 'vite';
import { securityHeaders } from './security-headers.ts';
import { serveFiles } from './serve-files.ts';

/** The pages that have a short address. */
const pages: Readonly<Record<string, string>> = { '/': '/demo/index.html' };

/**
 * The Vite plugin that makes the development server a strict one: the policy on every response, `assets/` sent
 * untouched, `/` answered with the product page.
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
