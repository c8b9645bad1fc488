/**
 * Starts the service worker, which keeps a copy of every file that the page and its fitting room load, so that they
 * work without a network from the next visit on. Tells it what the page has loaded before it was there. Does nothing
 * where the browser has no service workers (a page without https).
 */
export async function keepForOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const registered = await serviceWorker.register('/demo/service-worker.ts', { scope: '/' });
  if (!registered) return;
  await serviceWorker.ready;
  if (!serviceWorker.controller)
    await new Promise((resolve) => serviceWorker.addEventListener('controllerchange', resolve, { once: true }));
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  serviceWorker.controller?.postMessage([location.href.split('#')[0], ...loaded]);
}
