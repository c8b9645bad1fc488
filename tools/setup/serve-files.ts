import type { IncomingMessage, ServerResponse } from 'node:http';
import sirv from 'sirv';

/** Files of MediaPipe and LiteRT whose endings sirv has no content type for. */
const UNTYPED_FILE = /\.(?:tflite|binarypb|data)$/;

/**
 * A request handler that sends the files of `folder` as they are, with byte ranges, which a video needs for seeking.
 * Vite's own handler would take a classic worker for a module and rewrite it. A missing file gets a 404 at once: the
 * handler never hands a request on, so that no page is sent in the file's place.
 */
export function serveFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const send = sirv(folder, {
    // Look a file up when it is asked for: files change while the server runs.
    dev: true,
    etag: true,
    // `page` does not stand for `page.html`.
    extensions: [],
    setHeaders(response, path) {
      if (UNTYPED_FILE.test(path)) response.setHeader('Content-Type', 'application/octet-stream');
    },
  });
  return (request, response) => {
    // sirv answers "the last n bytes" with the first n, and throws when a range ends before it starts. Without the
    // header it sends the whole file, which the standard allows.
    const [range, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
    if (!range || (end && Number(end) < Number(start))) delete request.headers.range;
    send(request, response);
  };
}
