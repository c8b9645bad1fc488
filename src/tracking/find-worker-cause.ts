/** How long the page's server may take to send the header that is looked for, milliseconds. */
const PATIENCE_MS = 4000;

/** The header by which a page asks for cross-origin isolation. */
const EMBEDDER_POLICY = 'Cross-Origin-Embedder-Policy';

/** What is known of a worker that did not start. */
export interface FailedWorker {
  /** Absolute URL of its file. */
  url: string;
  /** Whether that is on another server than the page: then it was started from a `blob:` URL. */
  isForeign: boolean;
  /** Whether the page's content security policy has forbidden it. */
  isForbidden: boolean;
  /** The browser's own words; an empty text if it says nothing. */
  reason: string;
}

/**
 * Looks for the true cause why a worker has not started: of a policy the browser says nothing to the page. Returns the
 * cause and the way out, as sentences for the page's author that begin behind a colon.
 *
 * 1. The content security policy of the page, if it has reported the worker.
 * 2. `Cross-Origin-Embedder-Policy`: a page that sends it may only start workers whose script is sent with it.
 * 3. Otherwise the browser's own words. For a file from another server, all that this server and the page must allow.
 */
export async function findWorkerCause({ url, isForeign, isForbidden, reason }: FailedWorker): Promise<string> {
  const { origin } = new URL(url);
  const local = "Or serve the assets from the page's own server and set the attribute `assets`";
  if (isForbidden)
    return `the page's content security policy forbids workers: it must allow "worker-src ${isForeign ? `blob:" and "script-src ${origin}". ${local}` : `'self'"`}.`;
  if (reason.includes('TrustedScriptURL'))
    return `the page's content security policy requires trusted types for scripts: define a policy by \`trustedTypes.createPolicy('default', { createScriptURL: (url) => … })\` that returns the addresses of the worker.`;
  const policy = await embedderPolicy(location.href);
  const said = reason.replace(/\.$/, '') || 'its script failed';
  if (isForeign)
    return `${said}. ${origin} is not the page's own server: it must send the file with "Access-Control-Allow-Origin"${policy ? ' and "Cross-Origin-Resource-Policy: cross-origin"' : ''}, and the page's content security policy must allow "worker-src blob:" and "script-src ${origin}". ${local}.`;
  if (policy && !reason && (await embedderPolicy(url)) === '')
    return `the page is sent with the header "${EMBEDDER_POLICY}", and the worker's script without: send "${EMBEDDER_POLICY}: ${policy}" with all files of \`assets\`.`;
  return `${said}.`;
}

/** The value of that header of a page or file; empty without the header, null if there is no answer. */
async function embedderPolicy(url: string): Promise<string | null> {
  try {
    const { headers, ok } = await fetch(url, { cache: 'no-cache', signal: AbortSignal.timeout(PATIENCE_MS) });
    return ok ? (headers.get(EMBEDDER_POLICY)?.replace(/;.*/, '').trim() ?? '') : null;
  } catch {
    return null;
  }
}
