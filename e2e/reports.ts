import type { Plugin } from 'vite';

/**
 * Keeps the reports of pages that test themselves, and hands them to the tests, which run in other processes. A page
 * sends the text of its report to `/e2e/reports/NAME` by POST; GET returns the last one, or 404 before the first.
 */
export function reports(): Plugin {
  const byPath = new Map<string, string>();
  return {
    name: 'fitting-room-reports',
    configureServer({ middlewares }) {
      middlewares.use('/e2e/reports/', (request, response) => {
        const path = request.url ?? '';
        if (request.method === 'POST') {
          const parts: Buffer[] = [];
          request.on('data', (part: Buffer) => parts.push(part));
          request.on('end', () => {
            byPath.set(path, Buffer.concat(parts).toString());
            response.end();
          });
          return;
        }
        const report = byPath.get(path);
        response.statusCode = report === undefined ? 404 : 200;
        response.end(report);
      });
    },
  };
}
