/**
 * Garments in a queue that lies in Redis, so that any number of machines prepare them. The machines share the folders
 * of the files, by a network drive for instance: the queue holds their paths.
 *
 * 1. `enqueueFiles` puts garments in the queue, and waits for what comes of each.
 * 2. `workOnQueue` takes garments out of it, and prepares them.
 *
 * Nothing is lost when a process is killed. A garment stays in the queue until it is prepared; one whose worker has ended
 * is given to another after `lockMs`. The one who waits may be started again: garments that are done, or on their way, are
 * not prepared once more. A garment whose preparation ends three processes is set aside.
 */
import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Job, Queue } from 'bullmq';
import type { Preparation, Prepared } from './prepare-file.ts';
import { PreparerEnded, type Preparers } from './preparers.ts';

type BullMq = typeof import('bullmq');
type IoRedis = typeof import('ioredis');

/** Tries of a garment whose preparation ends its process, or whose worker ends. */
const TRIES = 3;
/** How long results are kept, seconds: for one who waits and is started again. */
const KEPT_SECONDS = 7 * 24 * 3600;
/** A worker that gives no sign for so long has ended, ms. */
const LOCK_MS = 30_000;
/** How long to wait for the first answer of Redis, ms. */
const CONNECT_MS = 5000;

/** The queue's name in Redis, unless another is given. */
const QUEUE_NAME = 'fitting-room';

/** Where a queue lies. */
export interface QueuePlace {
  /** `redis://[user:password@]host[:port][/database]`. */
  url: string;
  /** Path of the folder from which the packages `bullmq` and `ioredis` are searched. */
  folder: string;
  /** The queue's name in Redis. */
  name?: string;
  /** A worker that gives no sign for so long has ended, ms. */
  lockMs?: number;
}

/** A garment's result, with the machine and process that prepared it. */
interface QueuedResult extends Prepared {
  by: string;
}

/** What became of a garment: its result, or why it has none. */
export type Outcome = { preparation: Preparation } & ({ result: QueuedResult } | { fault: string });

/** Checks the queue's address, and imports the two packages that the shop has installed. */
async function importPackages({ url, folder }: QueuePlace): Promise<{ bullmq: BullMq; Redis: IoRedis['Redis'] }> {
  if (!/^rediss?:\/\//.test(url)) throw new Error(`--queue: "${shown(url)}" is no address like redis://localhost:6379`);
  const { resolve } = createRequire(pathToFileURL(join(folder, 'package.json')));
  try {
    const bullmq = (await import(pathToFileURL(resolve('bullmq')).href)) as BullMq & { default?: BullMq };
    const ioredis = (await import(pathToFileURL(resolve('ioredis')).href)) as IoRedis & { default?: IoRedis };
    return { bullmq: bullmq.default ?? bullmq, Redis: ioredis.Redis ?? ioredis.default?.Redis };
  } catch (cause) {
    throw new Error(`--queue needs two packages: npm install bullmq ioredis (in ${folder})`, { cause });
  }
}

/** The URL without its password, for messages. */
function shown(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//…@');
}

/** Connects to the Redis at `url`. Rejects at once where none answers there, and says so. */
async function connect(url: string, Redis: IoRedis['Redis']): Promise<InstanceType<IoRedis['Redis']>> {
  let isOpen = false;
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    // What BullMQ asks for.
    maxRetriesPerRequest: null,
    // A Redis that was there is waited for.
    retryStrategy: (times) => (isOpen ? Math.min(200 * times, 2000) : null),
  });
  let reason = '';
  client.on('error', ({ message }: Error) => (reason = message));
  try {
    await client.connect();
    await client.ping();
  } catch (error) {
    client.disconnect();
    const why = reason || (error as Error).message;
    const remedy = 'start one (apt-get install redis-server), or name another';
    throw new Error(`--queue: no Redis answers at ${shown(url)} (${why}): ${remedy}`, { cause: error });
  }
  isOpen = true;
  return client;
}

/** The name of a garment in the queue: the same for the same bytes that go to the same place. */
async function nameOf({ source, target }: Preparation): Promise<string> {
  const bytes = await readFile(source).catch(() => source);
  return `garment-${createHash('sha256').update(bytes).update('\0').update(target).digest('hex').slice(0, 40)}`;
}

/** Adds a garment, unless it is in the queue or done. One that failed, or whose result is gone, starts anew. */
async function addGarment(queue: Queue, preparation: Preparation): Promise<Job<Preparation, QueuedResult>> {
  const jobId = await nameOf(preparation);
  const known = await queue.getJob(jobId);
  const state = await known?.getState();
  const isThere =
    state === 'completed' &&
    (await access(preparation.target).then(
      () => true,
      () => false,
    ));
  if (known && state !== 'failed' && (state !== 'completed' || isThere)) return known;
  await known?.remove();
  const keep = { age: KEPT_SECONDS };
  const options = { jobId, attempts: TRIES, backoff: 1000, removeOnComplete: keep, removeOnFail: keep };
  return queue.add('prepare', preparation, options);
}

/**
 * Puts garments in the queue and waits until each is prepared or set aside, by workers here or elsewhere. Resolves to
 * what became of them, in their order.
 *
 * @param onDone is called after each, with the number of those that are done.
 */
export async function enqueueFiles(
  preparations: readonly Preparation[],
  place: QueuePlace,
  onDone: (done: number) => void,
): Promise<Outcome[]> {
  const { bullmq, Redis } = await importPackages(place);
  const { name = QUEUE_NAME } = place;
  const connection = await connect(place.url, Redis);
  const events = new bullmq.QueueEvents(name, { connection: connection.duplicate() });
  const queue = new bullmq.Queue(name, { connection });
  try {
    // Each garment that is waited for listens to both.
    for (const emitter of [events, queue]) emitter.setMaxListeners(0);
    await events.waitUntilReady();
    let done = 0;
    return await Promise.all(
      preparations.map(async (preparation): Promise<Outcome> => {
        const job = await addGarment(queue, preparation);
        try {
          return { preparation, result: await job.waitUntilFinished(events) };
        } catch (error) {
          const { message } = error as Error;
          const isSetAside = /stalled more than/.test(message);
          const fault = `${preparation.source}: set aside, since ${TRIES} workers ended while they prepared it`;
          return { preparation, fault: isSetAside ? fault : message };
        } finally {
          onDone(++done);
        }
      }),
    );
  } finally {
    await events.close();
    await queue.close();
    connection.disconnect();
  }
}

/** A worker on a queue. */
export interface QueueWorker {
  /** Stops when the garments that it has begun are done. */
  close(): Promise<void>;
}

/**
 * Prepares the garments of a queue, `count` at one time. Resolves when it has begun.
 *
 * @param preparers the processes that prepare; the caller closes them after the worker.
 */
export async function workOnQueue(preparers: Preparers, place: QueuePlace & { count: number }): Promise<QueueWorker> {
  const { bullmq, Redis } = await importPackages(place);
  const { name = QUEUE_NAME, lockMs = LOCK_MS, count } = place;
  const connection = await connect(place.url, Redis);
  const by = `${hostname()}:${process.pid}`;
  const worker = new bullmq.Worker<Preparation, QueuedResult>(
    name,
    async ({ data }) => {
      try {
        return { ...(await preparers.prepare(data)), by };
      } catch (error) {
        // A wrong file stays wrong. Only what ended its process is tried again.
        if (error instanceof PreparerEnded) throw error;
        throw new bullmq.UnrecoverableError((error as Error).message);
      }
    },
    { connection, concurrency: count, lockDuration: lockMs, stalledInterval: lockMs, maxStalledCount: TRIES - 1 },
  );
  // Without a listener Node would end with the first fault of the connection, which is opened again.
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  return {
    async close() {
      await worker.close();
      connection.disconnect();
    },
  };
}
