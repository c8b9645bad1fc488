import { securityHeaders } from './security-headers.mjs';
import { serveFiles } from './serve-files.mjs';

/** The pages that have a short address. */
const pages = { '/': '/demo/index.html' };

/**
 * The Vite plugin that makes the development server a strict one: the policy on every response, `assets/` sent untouched,
 * `/` answered with the product page. `folders` maps further addresses to folders (the tests show their footage so).
 */
export const devServer = ({ folders = {} } = {}) => ({
  name: 'fitting-room-dev-server',
  apply: 'serve',
  configureServer(server) {
    server.middlewares.use((request, response, next) => {
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      const { pathname, search } = new URL(request.url, 'http://localhost');
      if (pathname in pages) request.url = pages[pathname] + search;
      next();
    });
    server.middlewares.use('/assets/', serveFiles('assets'));
    for (const [address, folder] of Object.entries(folders)) server.middlewares.use(address, serveFiles(folder));
  },
});
