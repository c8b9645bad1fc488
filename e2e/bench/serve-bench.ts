// The server of a benchmark's page.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHeaders } from '../../tools/setup/security-headers.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';

/** Request handlers by the beginning of the path. A handler gets the path without it. */
export type Routes = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;

/** Returns a handler that answers with `text` and the MIME type `type`. */
export function sendText(type: string, text: string) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(text);
  };
}

/** A running server. */
export interface BenchServer {
  /** Its origin, for instance `http://localhost:4000`. */
  url: string;
  close(): void;
}

/**
 * Serves `routes`, the assets, the footage and the rivals' packages on a free port, with the content security policy of
 * the demo.
 */
export async function serveBench(routes: Routes): Promise<BenchServer> {
  const allRoutes: Routes = {
    ...routes,
    '/assets/': serveFiles('assets'),
    '/footage/': serveFiles(`${dataFolder}/footage`),
    '/packages/': serveFiles('node_modules'),
    '/demo/': serveFiles('demo'),
  };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const path = request.url ?? '/';
    // The longest prefix wins: a route for one file precedes that of its folder.
    const prefix = Object.keys(allRoutes)
      .toSorted((a, b) => b.length - a.length)
      .find((start) => path.startsWith(start));
    if (prefix === undefined) {
      response.writeHead(404).end();
      return;
    }
    request.url = `/${path.slice(prefix.length)}`;
    allRoutes[prefix](request, response);
  });
  // Over a slow line an answer arrives long after this server has sent it: until then its connection is not idle.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
