import { type CacheEntry, packEntry, unpackEntry } from '../cache-entry.ts';

/** Path of `EntryExchange` on the benchmark's server. */
const PATH = '/entries/';

/** Posts a cache entry (result of a slow step: a JSON value and named arrays) to Node, which waits for it at `id`. */
export async function sendEntry(id: string, entry: CacheEntry): Promise<void> {
  const { ok, status } = await fetch(PATH + id, { method: 'POST', body: packEntry(entry) });
  if (!ok) throw new Error(`the benchmark's server answers ${status} to the entry ${id}`);
}

/** Fetches an entry that Node offers at `id`. */
export async function fetchEntry<Value>(id: string): Promise<CacheEntry<Value>> {
  const response = await fetch(PATH + id);
  if (!response.ok) throw new Error(`the benchmark's server answers ${response.status} for the entry ${id}`);
  return unpackEntry<Value>(new Uint8Array(await response.arrayBuffer()));
}
