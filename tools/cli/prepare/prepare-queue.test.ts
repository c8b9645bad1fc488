import type { ChildProcess } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countResults } from '../queue-lab/count-results.ts';
import { startQueueWorker } from '../queue-lab/start-queue-worker.ts';
import { hasRedis, startRedis } from '../queue-lab/start-redis.ts';
import type { Preparation } from './prepare-file.ts';
import { enqueueFiles, type QueuePlace, workOnQueue } from './prepare-queue.ts';
import { createPreparers, PreparerEnded, type Preparers } from './preparers.ts';

/** How the command starts itself from its sources. */
const program = ['tools/run.mjs', 'tools/cli/main.ts', 'answer-preparations'] as const;
/**
 * A worker that gives no sign for so long has ended, ms: short, so that the test need not wait, but longer than a process
 * waits for a core of a busy machine.
 */
const LOCK_MS = 6000;

let folder: string;
let place: QueuePlace;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fitting-room-queue-'));
  closing.push(() => rm(folder, { recursive: true }));
  if (!hasRedis()) return;
  const redis = await startRedis();
  closing.push(() => redis.stop());
  place = { url: redis.url, folder: process.cwd(), lockMs: LOCK_MS };
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Writes copies of the T-shirt, and returns their preparations. */
async function makeFiles(count: number): Promise<Preparation[]> {
  const files = Array.from({ length: count }, (_, i) => join(folder, `tee-${i}.glb`));
  for (const file of files) await copyFile('assets/tee.glb', file);
  return files.map((source) => ({ source, target: join(folder, 'ready', source.split('/').at(-1)!), isCopied: true }));
}

/** Works on the queue with `preparers`. */
async function work(preparers: Preparers): Promise<void> {
  const worker = await workOnQueue(preparers, { ...place, count: 2 });
  closing.push(() => worker.close());
}

/** Processes that really prepare. */
function realPreparers(): Preparers {
  const preparers = createPreparers({
    assetsFolder: resolve('assets'),
    folder: process.cwd(),
    usage: 'prepare',
    count: 2,
    program,
  });
  closing.push(() => preparers.close());
  return preparers;
}

/** Starts a worker in a process of its own. */
async function startWorker(): Promise<ChildProcess> {
  const worker = await startQueueWorker(place, 2);
  closing.push(() => worker.kill('SIGKILL'));
  return worker;
}

describe.skipIf(!hasRedis())('the queue (skipped without redis-server)', () => {
  it('loses no garment and prepares none twice when a worker is killed twice', async () => {
    const preparations = await makeFiles(40);
    const workers = [await startWorker(), await startWorker()];
    const counted = await countResults(place.url, 'fitting-room');
    closing.push(() => counted.stop());
    let kills = 0;
    const outcomes = await enqueueFiles(preparations, place, (done) => {
      // In the midst of the work, twice.
      if (done === 5 || done === 15) workers[kills++].kill('SIGKILL');
      if (done === 15) void work(realPreparers());
    });
    expect(kills).toBe(2);
    const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
    expect(results.map(({ source }) => source)).toEqual(preparations.map(({ source }) => source));
    // By a worker that was killed later, and by the one that came last.
    expect(new Set(results.map(({ by }) => by)).size).toBeGreaterThanOrEqual(2);
    expect(counted.counts).toEqual(Array(40).fill(1));
    expect(await readdir(join(folder, 'ready'))).toHaveLength(40);
  }, 240_000);

  it('started again, prepares only what is not done, and what has changed or is gone', async () => {
    const preparations = await makeFiles(4);
    let prepared: string[] = [];
    const real = realPreparers();
    await work({
      ...real,
      prepare(preparation) {
        prepared.push(preparation.source);
        return real.prepare(preparation);
      },
    });
    await enqueueFiles(preparations, place, () => undefined);
    expect(prepared).toHaveLength(4);
    prepared = [];
    await copyFile('assets/mannequin.glb', preparations[1].source);
    await rm(preparations[2].target);
    const outcomes = await enqueueFiles(preparations, place, () => undefined);
    expect(prepared.sort()).toEqual([preparations[1].source, preparations[2].source]);
    // A mannequin is no garment.
    expect(outcomes.map((outcome) => 'result' in outcome)).toEqual([true, false, true, true]);
  });

  it('sets a garment aside that ends its process three times, and goes on with the others', async () => {
    const preparations = await makeFiles(3);
    let tries = 0;
    const real = realPreparers();
    await work({
      ...real,
      async prepare(preparation) {
        if (!preparation.source.endsWith('tee-1.glb')) return real.prepare(preparation);
        tries++;
        throw new PreparerEnded(`${preparation.source}: the process that prepared it ended (SIGKILL)`);
      },
    });
    const outcomes = await enqueueFiles(preparations, place, () => undefined);
    expect(tries).toBe(3);
    expect(outcomes[1]).toMatchObject({
      fault: expect.stringContaining('tee-1.glb: the process that prepared it ended'),
    });
    expect(outcomes.filter((outcome) => 'result' in outcome)).toHaveLength(2);
  });

  it('tries a garment that is wrong once, and says what is wrong', async () => {
    const [preparation] = await makeFiles(1);
    await writeFile(preparation.source, '<!doctype html>');
    let tries = 0;
    const real = realPreparers();
    await work({
      ...real,
      prepare(preparation) {
        tries++;
        return real.prepare(preparation);
      },
    });
    const [outcome] = await enqueueFiles([preparation], place, () => undefined);
    expect(outcome).toMatchObject({ fault: expect.stringContaining('the file is not a GLB') });
    expect(tries).toBe(1);
  });

  it('says at once where no Redis answers, without the password', async () => {
    const [preparation] = await makeFiles(1);
    const nowhere = { ...place, url: 'redis://user:secret@127.0.0.1:1' };
    await expect(enqueueFiles([preparation], nowhere, () => undefined)).rejects.toThrow(
      /no Redis answers at redis:\/\/…@127\.0\.0\.1:1 \(.*ECONNREFUSED.*start one/,
    );
  });

  it('says what to install where the packages are missing', async () => {
    const [preparation] = await makeFiles(1);
    await expect(enqueueFiles([preparation], { ...place, folder }, () => undefined)).rejects.toThrow(
      'npm install bullmq ioredis',
    );
  });
});
