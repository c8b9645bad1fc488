import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

/** Files of MediaPipe and LiteRT for which sirv, the package that sends files, has no content type. */
const UNTYPED_FILE = /\.(?:tflite|binarypb|data)$/;

/**
 * Returns a request handler that sends the files of `folder` (a path) unchanged, with byte ranges, which a video needs
 * for seeking. Vite's own handler would treat a classic worker as a module and rewrite it. For a missing file it
 * answers 404; it passes no request on, so that no page is sent in place of a file.
 */
export function serveFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const send = sirv(folder, {
    // Look for files at each request: they change while the server runs.
    dev: true,
    etag: true,
    // `/page` is not answered with `page.html`.
    extensions: [],
    setHeaders(response, path) {
      if (UNTYPED_FILE.test(path)) response.setHeader('Content-Type', 'application/octet-stream');
    },
  });
  return (request, response) => {
    // sirv answers a request for the last n bytes with the first n, and throws when a range ends before it starts.
    // Without the header it sends the whole file, which the standard allows.
    const [range, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (!range || (end && Number(end) < Number(start))) delete request.headers.range;
    send(request, response);
  };
}
