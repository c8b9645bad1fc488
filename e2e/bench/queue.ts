// `npm run bench -- queue`: how many garments a second go through the queue of `fitting-room prepare`, and is one lost?
// 1. A Redis of its own, and garments of one kind, each a little different, that nobody has prepared.
// 2. They are handed out to one worker, which prepares one at a time; then to two.
// 3. Two workers again, of which one is killed, and a third comes in its place, which is killed too.
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeGlb } from '../../src/garment/make-glb.test-helper.ts';
import type { Preparation } from '../../tools/cli/prepare/prepare-file.ts';
import { enqueueFiles, type QueuePlace } from '../../tools/cli/prepare/prepare-queue.ts';
import { countResults } from '../../tools/cli/queue-lab/count-results.ts';
import { startQueueWorker } from '../../tools/cli/queue-lab/start-queue-worker.ts';
import { hasRedis, startRedis } from '../../tools/cli/queue-lab/start-redis.ts';
import { printTable } from './print-table.ts';

/** What one run found. */
interface QueueRun {
  name: string;
  files: number;
  /** Garments that are prepared, and results written. */
  results: number;
  written: number;
  /** Garments whose result was reported more than once. */
  twice: number;
  seconds: number;
  filesPerSecond: number;
}

/** The garment of a killed worker is given to another after so long, ms. */
const LOCK_MS = 5000;
/** Smallest and largest radius of the garments, metres. */
const RADII = [0.16, 0.19];

/** Writes `count` garments into `folder`. */
async function makeGarments(folder: string, count: number): Promise<string[]> {
  await mkdir(folder);
  const files: string[] = [];
  for (let i = 0; i < count; i++) {
    const radius = RADII[0] + ((RADII[1] - RADII[0]) * i) / count;
    const file = join(folder, `garment-${i}.glb`);
    await writeFile(file, new Uint8Array(await makeGlb({ radius, skinned: i % 2 === 0 })));
    files.push(file);
  }
  return files;
}

/** Hands garments out to `workers` workers, of which `kills` are killed, one after another, and replaced. */
async function run(
  files: readonly string[],
  {
    place,
    ready,
    workers,
    kills,
  }: { place: QueuePlace & { name: string }; ready: string; workers: number; kills: number },
): Promise<QueueRun> {
  const preparations = files.map(
    (source): Preparation => ({ source, target: source.replace(/^.*\//, `${ready}/`), isCopied: true }),
  );
  const all = await Promise.all(Array.from({ length: workers }, () => startQueueWorker(place, 1)));
  const results = await countResults(place.url, place.name);
  const start = performance.now();
  let killed = 0;
  const outcomes = await enqueueFiles(preparations, place, (done) => {
    if (killed >= kills || done < ((killed + 1) * files.length) / (kills + 1)) return;
    all[killed++].kill('SIGKILL');
    void startQueueWorker(place, 1).then((worker) => all.push(worker));
  });
  const seconds = (performance.now() - start) / 1000;
  for (const worker of all) worker.kill('SIGKILL');
  await results.stop();
  return {
    name: `${workers} worker${workers > 1 ? 's' : ''}${kills > 0 ? `, ${kills} killed` : ''}`,
    files: files.length,
    results: outcomes.filter((outcome) => 'result' in outcome).length,
    written: (await readdir(ready)).length,
    twice: results.counts.filter((count) => count > 1).length,
    seconds,
    filesPerSecond: files.length / seconds,
  };
}

/** Runs the benchmark with `count` garments. Resolves to its runs. */
export async function benchQueue(count: number): Promise<{ machine: string; runs: QueueRun[] }> {
  if (!hasRedis()) throw new Error('the queue needs Redis: apt-get install redis-server');
  const folder = await mkdtemp(join(tmpdir(), 'fitting-room-bench-queue-'));
  const redis = await startRedis();
  const machine = `${cpus().length} × ${cpus()[0]?.model}`;
  try {
    const files = await makeGarments(join(folder, 'garments'), count);
    const runs: QueueRun[] = [];
    for (const [workers, kills] of [
      [1, 0],
      [2, 0],
      [2, 2],
    ]) {
      const name = `bench-${workers}-${kills}`;
      const place = { url: redis.url, folder: process.cwd(), name, lockMs: LOCK_MS };
      runs.push(await run(files, { place, ready: join(folder, name), workers, kills }));
    }
    console.log(machine);
    printTable(
      ['run', 'files', 'results', 'written', 'twice', 'seconds', 'files/s', 'against one worker'],
      runs.map(({ name, files, results, written, twice, seconds, filesPerSecond }) => [
        name,
        ...[files, results, written, twice].map(String),
        seconds.toFixed(1),
        filesPerSecond.toFixed(2),
        (filesPerSecond / runs[0].filesPerSecond).toFixed(2),
      ]),
    );
    return { machine, runs };
  } finally {
    await redis.stop();
    await rm(folder, { recursive: true });
  }
}
