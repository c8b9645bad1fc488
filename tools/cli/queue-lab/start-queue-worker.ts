import { type ChildProcess, spawn } from 'node:child_process';
import type { QueuePlace } from '../prepare/prepare-queue.ts';

/** Starts a worker on a queue in a process of its own, `count` garments at one time. Resolves when it works. */
export async function startQueueWorker(place: QueuePlace, count: number): Promise<ChildProcess> {
  const args = ['tools/run.mjs', 'tools/cli/queue-lab/queue-worker.ts', JSON.stringify(place), String(count)];
  const worker = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((ready, fail) => {
    worker.stdout.on('data', (text: Buffer) => String(text).includes('works') && ready());
    worker.once('exit', (code) => fail(new Error(`the worker ended with exit code ${code}`)));
  });
  return worker;
}
