import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { securityHeaders } from '../../tools/setup/security-headers.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';

/** Answers by the beginning of the path, which it is given without. */
export type Routes = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>;

/** Answers with `text`. */
export function sendText(type: string, text: string) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(text);
  };
}

export interface BenchServer {
  url: string;
  close(): void;
}

/** Product, footage, the rivals' packages and `routes` on a free port, under the policy that the product promises to run under. */
export async function serveBench(routes: Routes): Promise<BenchServer> {
  const all: Routes = {
    ...routes,
    '/assets/': serveFiles('assets'),
    '/footage/': serveFiles(`${dataFolder}/footage`),
    '/packages/': serveFiles('node_modules'),
    '/demo/': serveFiles('demo'),
  };
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const path = request.url ?? '/';
    // The longest first: a route for one file beats that of its folder.
    const prefix = Object.keys(all)
      .toSorted((a, b) => b.length - a.length)
      .find((start) => path.startsWith(start));
    if (prefix === undefined) {
      response.writeHead(404).end();
      return;
    }
    request.url = `/${path.slice(prefix.length)}`;
    all[prefix](request, response);
  });
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
