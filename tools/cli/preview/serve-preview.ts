import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveFiles } from '../../setup/serve-files.ts';
import type { PreviewJob } from './preview-page.ts';

/** Largest picture that the page may send, bytes: a sheet of all bodies has about one million. */
const MAX_BYTES = 64e6;

const PAGE = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Preview</title><link rel="icon" href="data:,"></head>
  <body><script type="module" src="/page/preview-page.js"></script></body>
</html>
`;

/** What a preview's server serves, and to whom it gives what the page draws. */
export interface PreviewSite {
  /** Path of the package's folder with the modules `index.js` and `define.js`, and `assets`. */
  packageFolder: string;
  /** Path of the folder with `preview-page.js`. */
  pageFolder: string;
  /** The prepared garment. */
  garment: Uint8Array;
  /** What to draw. */
  pictures: PreviewJob['pictures'];
  /** Gets each picture as the page sends it: a WebP file. */
  onPicture(name: string, bytes: Buffer): void;
  /** Is called when the page has sent all, or with what went wrong there. */
  onEnd(fault: string | null): void;
}

/** A preview's server. */
export interface PreviewServer {
  /** The page's address. */
  url: string;
  close(): void;
}

/** Serves the page that draws a preview, at a free port, to this machine only. */
export async function servePreview(site: PreviewSite): Promise<PreviewServer> {
  const job: PreviewJob = {
    modules: { index: '/room/index.js', define: '/room/define.js' },
    assets: '/room/assets/',
    garment: '/garment.glb',
    pictures: site.pictures,
  };
  const folders = { '/room/': serveFiles(site.packageFolder), '/page/': serveFiles(site.pageFolder) };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'POST') return receive(request, response, { pathname, origin: url, site });
    for (const [start, send] of Object.entries(folders)) {
      if (!pathname.startsWith(start)) continue;
      request.url = pathname.slice(start.length - 1);
      return send(request, response);
    }
    if (pathname === '/') return answer(response, 'text/html; charset=utf-8', PAGE);
    if (pathname === '/job.json') return answer(response, 'application/json', JSON.stringify(job));
    if (pathname === '/garment.glb') return answer(response, 'model/gltf-binary', site.garment);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(response: ServerResponse, type: string, body: string | Uint8Array): void {
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
}

/** Takes what the page sends: a picture that is wanted, the end, or a fault. Other pages' requests are refused. */
async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  { pathname, origin, site }: { pathname: string; origin: string; site: PreviewSite },
): Promise<void> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) break;
    chunks.push(chunk);
  }
  const name = pathname.replace(/^\/pictures\//, '');
  const isPicture = site.pictures.some((picture) => picture.name === name);
  const isKnown = isPicture || pathname === '/done' || pathname === '/failed';
  if (request.headers.origin !== origin || bytes > MAX_BYTES || !isKnown) return void response.writeHead(403).end();
  response.writeHead(204).end();
  const body = Buffer.concat(chunks);
  if (isPicture) site.onPicture(name, body);
  else site.onEnd(pathname === '/failed' ? body.toString() : null);
}
