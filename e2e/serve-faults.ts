import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, resolve } from 'node:path';
import { serveFiles } from '../tools/setup/serve-files.ts';

/** What a server does to a file: the end of the answer never comes (`half`), is missing (`cut`), or comes slowly, … */
const FAULTS: Record<string, (response: ServerResponse, content: Buffer) => void> = {
  half: (response, content) => void response.write(content.subarray(0, content.length / 2)),
  cut: (response, content) => void response.end(content.subarray(0, content.length / 2)),
  /** As long as the file, with its identifier, and nonsense behind it. */
  scrambled: (response, content) =>
    void response.end(Buffer.concat([content.subarray(0, 8), content.subarray(8).fill(7)])),
  /** Never answers. */
  silent: () => {},
  empty: (response) => void response.end(),
  missing: (response) => void response.writeHead(404).end(),
  closed: (response) => void response.writeHead(403).end(),
  /** Called plain text, and the browser must not guess. */
  text: (response, content) =>
    void response.setHeader('Content-Type', 'text/plain').setHeader('X-Content-Type-Options', 'nosniff').end(content),
  /** Whole, and not to be kept. */
  unkept: (response, content) =>
    void response.setHeader('Content-Type', 'text/javascript').setHeader('Cache-Control', 'no-store').end(content),
  page: (response) => void response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Shop</title>'),
  /** In six pieces, one in 5 s: longer than a silent download is given. */
  slow: (response, content) => {
    let piece = 0;
    const size = Math.ceil(content.length / 6);
    const timer = setInterval(() => {
      response.write(content.subarray(piece * size, ++piece * size));
      if (piece < 6) return;
      clearInterval(timer);
      response.end();
    }, 5000);
    response.on('close', () => clearInterval(timer));
  },
};

/**
 * Serves `/FAULT/NAME/PATH`: the file at PATH below the folder of the project, with the fault if it bears this name.
 * `/once-FAULT/…` does so at the first request only, and answers later ones with the whole file.
 */
export function serveFaults(root: string): (request: IncomingMessage, response: ServerResponse) => void {
  const send = serveFiles(root);
  const asked = new Set<string>();
  return (request, response) => {
    const [, kind, name, path] = /^\/([^/]+)\/([^/]+)(\/[^?]*)/.exec(request.url ?? '') ?? [];
    const isFirst = !asked.has(`${request.url}`);
    asked.add(`${request.url}`);
    const fault = FAULTS[kind?.replace('once-', '') ?? ''];
    if (!fault || !path) return void response.writeHead(404).end();
    if (basename(path) === name && (isFirst || !kind.startsWith('once-'))) {
      response.setHeader('Cache-Control', 'no-store');
      void readFile(resolve(root, `.${path}`)).then((content) => fault(response, content));
      return;
    }
    request.url = path;
    send(request, response);
  };
}
