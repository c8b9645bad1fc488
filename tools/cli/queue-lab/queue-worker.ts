// A worker on a queue of garments, in a process of its own, that tests and the benchmark may kill:
//   node tools/run.mjs tools/cli/queue-lab/queue-worker.ts PLACE COUNT
// PLACE: a `QueuePlace` as JSON; COUNT: how many garments at one time. It prints `works` when it has begun.
import { resolve } from 'node:path';
import { type QueuePlace, workOnQueue } from '../prepare/prepare-queue.ts';
import { createPreparers } from '../prepare/preparers.ts';

const [placeText, countText] = process.argv.slice(2);
const place = JSON.parse(placeText) as QueuePlace;
const count = Number(countText);
const preparers = createPreparers({
  assetsFolder: resolve('assets'),
  folder: process.cwd(),
  usage: 'queue-worker',
  count,
  program: ['tools/run.mjs', 'tools/cli/main.ts', 'answer-preparations'],
});
await workOnQueue(preparers, { ...place, count });
console.log('works');
