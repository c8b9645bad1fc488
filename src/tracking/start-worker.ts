import { FittingError } from '../errors.ts';

/**
 * Time limit for the worker's first message, ms. The worker sends it when its script (up to some 150 kB) runs; if it is
 * missing, the server has answered with something else than the script.
 */
const AWAKE_MS = 20_000;

/**
 * Starts a worker whose script sends a message when it runs; resolves then. `url` is absolute.
 *
 * Browsers run no worker from another origin. A script that a page loads from a CDN therefore starts as a line of the
 * page's own (a `blob:` URL) that imports it. A content security policy has to allow that: `worker-src blob:`.
 *
 * Rejects with a `FittingError` `model-unreachable` that names the way out, or with the reason of `signal`.
 */
export async function startWorker(url: string, signal: AbortSignal): Promise<Worker> {
  const { origin } = new URL(url);
  const isForeign = origin !== location.origin;
  const script = isForeign ? importingScript(url) : url;
  let worker: Worker | null = null;
  try {
    worker = new Worker(script, { name: 'fitting-room-tracking' });
    await firstMessage(worker, signal);
    return worker;
  } catch (cause) {
    worker?.terminate();
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const advice = isForeign
      ? ` ${origin} is not the page's own server: it must send the file with "Access-Control-Allow-Origin", and the page's content security policy must allow "worker-src blob:" and "script-src ${origin}". Or serve the assets from the page's own server and set the attribute \`assets\`.`
      : '';
    throw new FittingError(
      'model-unreachable',
      `the tracking worker ${url} cannot be loaded: ${reason || 'its script failed'}.${advice}`,
      { cause },
    );
  } finally {
    if (isForeign) URL.revokeObjectURL(script);
  }
}

/** Returns the URL of a script that runs the one at `url`. */
function importingScript(url: string): string {
  return URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(url)})`], { type: 'text/javascript' }));
}

/** Resolves when the worker sends its first message. */
function firstMessage(worker: Worker, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => settle(new Error('it does not answer')), AWAKE_MS);
    const onAbort = (): void => settle(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const settle = (cause?: unknown): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (cause === undefined) resolve();
      else reject(cause);
    };
    worker.onmessage = () => settle();
    worker.onerror = (event) => {
      event.preventDefault();
      settle(new Error(event.message));
    };
  });
}
