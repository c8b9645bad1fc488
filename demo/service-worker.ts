/**
 * Service worker of the demo: after one visit the page and the fitting room work without a network, models included.
 *
 * 1. It stands between the page (its workers too) and the network. It asks the network first, so that a visitor with a
 *    network always gets the newest files, and keeps a copy of each file of the page's own server.
 * 2. Where the network fails, or does not answer in `PATIENCE_MS`, it answers with the copy.
 * 3. What the page has loaded before this worker was there, the page tells it (`keepForOffline`); it takes that from the
 *    browser's own cache.
 *
 * The copies are in the cache `fitting-room`: that is where the room's privacy panel looks for kept files, and deletes
 * them. A shop does the same by a few lines of Workbox: see docs/offline.md.
 */

/** Name of the cache. Caches whose names begin with `fitting-room` are shown and deleted by the room's privacy panel. */
const CACHE = 'fitting-room';
/** The same address is the same file, whoever asks: a server may name request headers on which its answers depend. */
const SAME_FILE: CacheQueryOptions = { ignoreVary: true };
/** How long the network may take to begin an answer of which there is a copy, milliseconds. */
const PATIENCE_MS = 4000;

/** The parts of the service workers' interface that are used here: TypeScript has no types for pages and workers in one. */
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface RequestEvent extends LifeEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  addEventListener(type: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(type: 'message', listener: (event: LifeEvent & MessageEvent<readonly string[]>) => void): void;
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void;
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
}
const scope = self as unknown as WorkerScope;

scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));
scope.addEventListener('message', (event) => event.waitUntil(keepMissing(event.data)));
scope.addEventListener('fetch', (event) => {
  const { method, url, headers } = event.request;
  // A part of a file (a video that seeks) is no file to keep.
  const isKept = method === 'GET' && isOwn(url) && !headers.has('range');
  if (isKept) event.respondWith(answer(event));
});

function isOwn(url: string): boolean {
  return new URL(url).origin === location.origin;
}

/** Answers with the network's file, and keeps a copy of it; with the copy where the network fails or hangs. */
async function answer(event: RequestEvent): Promise<Response> {
  const { request } = event;
  const fetched = fetch(request).then((response) => {
    if (response.status === 200) event.waitUntil(keep(request, response.clone()));
    return response;
  });
  const kept = await findCopy(request);
  if (!kept) return fetched;
  const late = new Promise<Response>((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([fetched, late]).catch(() => kept);
}

/** Returns the copy for `request`. A page answers the visitor's navigation only: no script gets HTML for a file. */
async function findCopy(request: Request): Promise<Response | undefined> {
  const kept = await (await caches.open(CACHE)).match(request, SAME_FILE);
  const isPage = kept?.headers.get('content-type')?.startsWith('text/html');
  return isPage && request.mode !== 'navigate' ? undefined : kept;
}

/** Keeps a copy, unless the device has no space for it. */
async function keep(request: Request | string, response: Response): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.put(request, response).catch((cause: unknown) => console.warn('not kept for offline use:', cause));
}

/** Fetches and keeps those of `urls` of which there is no copy yet. */
async function keepMissing(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  const keepOne = async (url: string): Promise<void> => {
    if (!isOwn(url) || (await cache.match(url, SAME_FILE))) return;
    // The browser still has what the page has loaded: as a rule nothing is downloaded twice.
    const response = await fetch(url, { cache: 'force-cache' });
    if (response.status === 200) await keep(url, response);
  };
  await Promise.allSettled(urls.map(keepOne));
}
