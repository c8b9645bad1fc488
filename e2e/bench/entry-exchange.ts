import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CacheEntry, packEntry, unpackEntry } from './cache-entry.ts';

/**
 * Passes cache entries (results of slow steps: a JSON value and named arrays) between Node and the page over HTTP. The
 * page posts an entry that it made, and gets an entry that it needs, at a URL that ends in an id. Masks and pictures
 * are megabytes: as arguments of `page.evaluate` they would be converted to base64 and JSON.
 */
export class EntryExchange {
  readonly #entries = new Map<string, Uint8Array>();

  /** Runs `work`, in which the page posts an entry to the given id. Resolves to this entry. */
  async receive<Value>(work: (id: string) => Promise<void>): Promise<CacheEntry<Value>> {
    const id = randomUUID();
    await work(id);
    const bytes = this.#entries.get(id);
    this.#entries.delete(id);
    if (!bytes) throw new Error('the page has not posted an entry');
    return unpackEntry<Value>(bytes);
  }

  /** Runs `work`, in which the page can get `entries` at the given ids. Resolves to the result of `work`. */
  async offer<Result>(entries: readonly CacheEntry[], work: (ids: string[]) => Promise<Result>): Promise<Result> {
    const ids = entries.map(() => randomUUID());
    ids.forEach((id, i) => this.#entries.set(id, packEntry(entries[i])));
    try {
      return await work(ids);
    } finally {
      for (const id of ids) this.#entries.delete(id);
    }
  }

  /** Answers requests. The server has removed the route's prefix from their URL, so that it is `/` and an id. */
  readonly route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const id = (request.url ?? '').slice(1);
    if (request.method === 'POST') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      this.#entries.set(id, new Uint8Array(Buffer.concat(chunks)));
      response.writeHead(204).end();
      return;
    }
    const bytes = this.#entries.get(id);
    if (bytes) response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(bytes);
    else response.writeHead(404).end();
  };
}
