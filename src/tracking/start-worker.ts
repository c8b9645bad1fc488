import { FittingError } from '../errors.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import { findWorkerCause } from './find-worker-cause.ts';
import { watchWorkerPolicy } from './watch-worker-policy.ts';

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
  const isForeign = new URL(url).origin !== location.origin;
  const script = isForeign ? importingScript(url) : url;
  const policy = watchWorkerPolicy(script);
  let worker: Worker | null = null;
  try {
    worker = new Worker(script, { name: 'fitting-room-tracking' });
    await firstMessage(worker, signal);
    return worker;
  } catch (cause) {
    worker?.terminate();
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    // Some browsers report the violation only after the failure.
    await yieldToEventLoop();
    const found = await findWorkerCause({ url, isForeign, isForbidden: policy.isForbidden, reason });
    signal.throwIfAborted();
    throw new FittingError('model-unreachable', `the tracking worker ${url} cannot be loaded: ${found}`, { cause });
  } finally {
    policy.end();
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
