import { totalBytes } from '../download.ts';

/** Caches whose names begin with this belong to the room: the service worker of a page names them (docs/offline.md). */
const PREFIX = 'fitting-room';

/** Files that are kept on the device for use without a network. */
export interface KeptFiles {
  count: number;
  bytes: number;
}

/** Names of the room's caches; none where the browser has no such storage (a page without https). */
async function cacheNames(): Promise<string[]> {
  if (!('caches' in globalThis)) return [];
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
}

/** Counts and weighs the files in the room's caches. */
export async function countKeptFiles(): Promise<KeptFiles> {
  const kept: KeptFiles = { count: 0, bytes: 0 };
  for (const name of await cacheNames()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const response = await cache.match(request);
      if (!response) continue;
      kept.count++;
      // Where the server has not told the size, the file is read.
      kept.bytes += totalBytes(response) || (await response.blob()).size;
    }
  }
  return kept;
}

/** Deletes the room's caches. */
export async function deleteKeptFiles(): Promise<void> {
  for (const name of await cacheNames()) await caches.delete(name);
}
