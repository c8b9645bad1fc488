import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CacheEntry, packEntry, unpackEntry } from './cache-entry.ts';

/**
 * Entries on their way between Node and the page, by an id in the URL: the page posts what it made and gets what it is to
 * work on. Megabytes of masks and pictures go faster so than as arguments of a call.
 */
export class EntryExchange {
  readonly #entries = new Map<string, Uint8Array>();

  /** Runs `work` with an id for the page to post to, and returns what it posted. */
  async receive<Value>(work: (id: string) => Promise<void>): Promise<CacheEntry<Value>> {
    const id = randomUUID();
    await work(id);
    const bytes = this.#entries.get(id);
    this.#entries.delete(id);
    if (!bytes) throw new Error('the page handed nothing over');
    return unpackEntry<Value>(bytes);
  }

  /** Runs `work` with the ids under which the page gets `entries`. */
  async offer<Result>(entries: readonly CacheEntry[], work: (ids: string[]) => Promise<Result>): Promise<Result> {
    const ids = entries.map(() => randomUUID());
    ids.forEach((id, i) => this.#entries.set(id, packEntry(entries[i])));
    try {
      return await work(ids);
    } finally {
      for (const id of ids) this.#entries.delete(id);
    }
  }

  /** Answers requests whose path is an id. */
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
