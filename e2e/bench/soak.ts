// `npm run bench -- soak`: does anything pile up when a room runs for thousands of frames?
// 1. A script that counts native resources (`resource-ledger`) is put in front of the page and of the tracking worker.
// 2. The page's room draws frames in portions.
// 3. After each portion: collect garbage, read the heaps and the counts.
// 4. Each series of samples is judged (`judgeSeries`) and printed.
import { readFile } from 'node:fs/promises';
import { buildPrograms } from './build-programs.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { criterion, judgeSeries, settlingFrames, type Verdict } from './judge-series.ts';
import { openBench } from './open-bench.ts';
import type { SoakBench, SoakSetup } from './page/soak-page.ts';
import { printTable } from './print-table.ts';
import type { Routes } from './serve-bench.ts';
import { sendText } from './serve-bench.ts';
import { watchHeaps } from './watch-heaps.ts';

/** Length of the run, the room's tracker, and the form of the frames that the page's source gives. */
export interface SoakOptions {
  /** BlazePose's landmark model, and the engine that runs it: on the CPU or on the GPU. */
  model: 'lite' | 'full' | 'heavy';
  engine: 'wasm' | 'webgpu';
  /** Whether to use the machine's GPU. */
  gpu: boolean;
  /** Number of frames that the room draws. */
  frames: number;
  /** `videoframe` or `bitmap`. */
  framesAs: SoakSetup['kind'];
}

/** The figures that `--json` writes. */
export interface SoakReport {
  /** Model and engine that ran, and number of frames that were drawn. */
  model: string;
  engine: string;
  frames: number;
  /** Frames in which a person was found. */
  found: number;
  /** Frames from sample to sample. */
  every: number;
  /** Each quantity (`page heap, bytes`), its verdict (does it grow?), and its samples in its own unit. */
  series: (Verdict & { values: number[] })[];
}

/** Returns the number of frames from sample to sample. A short run is sampled more often. */
function samplingStep(frames: number): number {
  return Math.min(250, Math.ceil(frames / 20));
}
/** Usual fluctuation of a heap, bytes: code is compiled and dropped. */
const HEAP_SLACK = 100_000;
/** WebAssembly memory grows by pages of this size. */
const PAGE_BYTES = 65_536;

/**
 * V8 keeps type feedback and compiled code on the same heap as objects. For code that runs once a frame it adds to them
 * for about 8000 frames. These flags make it do most of that at once, and keep the result.
 */
const SETTLE_EARLY =
  '--js-flags=--no-lazy-feedback-allocation --invocation-count-for-maglev=25 --invocation-count-for-turbofan=100 --no-flush-bytecode';

/** Files of the tracking worker, by engine: one of them is loaded. */
const workerScripts = ['tracking-worker.js', 'tracking-worker-webgpu.js'];

type Ledger = () => Record<string, number>;
/** Runs in the page or the worker. Returns its counts of native resources by name. */
function readLedger(): Record<string, number> {
  return (globalThis as unknown as { resourceLedger: Ledger }).resourceLedger();
}

/** Returns the usual fluctuation of the quantity `name`, in its unit. */
function slackOf(name: string): number {
  if (/heap|buffers, bytes/.test(name)) return HEAP_SLACK;
  return name.endsWith('wasmBytes') ? PAGE_BYTES : name.endsWith('Bytes') ? HEAP_SLACK : 1;
}

/** Runs a room for `frames` frames, prints whether heaps or resources grow, and returns the figures. */
export async function benchSoak({ model, engine, gpu, frames, framesAs }: SoakOptions): Promise<SoakReport> {
  const ledger = (await buildPrograms([{ name: 'resource-ledger', format: 'iife' }]))['resource-ledger.js'];
  const routes: Routes = Object.fromEntries(
    workerScripts.map((name) => [
      `/assets/runtime/${name}`,
      async (request, response) =>
        sendText('text/javascript', `${ledger}\n${await readFile(`assets/runtime/${name}`, 'utf8')}`)(
          request,
          response,
        ),
    ]),
  );
  const prepare = {
    page: 'soak-page',
    routes,
    gpu,
    webGpu: engine === 'webgpu',
    flags: [SETTLE_EARLY],
    initScript: ledger,
  };
  return openBench(prepare, async ({ page, browser }) => {
    const machine = await describeMachine(browser, page);
    const heaps = await watchHeaps(page);
    await callPage<SoakBench, 'start'>(page, 'start', { engine, model, kind: framesAs });
    const every = samplingStep(frames);
    const sampledAt: number[] = [];
    const sampled = new Map<string, number[]>();
    const note = (name: string, value: number): void => {
      const values = sampled.get(name) ?? [];
      sampled.set(name, values);
      values.push(value);
    };
    let state = await callPage<SoakBench, 'advance'>(page, 'advance', 0);
    const startedAt = performance.now();
    while (state.drawn < frames) {
      state = await callPage<SoakBench, 'advance'>(page, 'advance', Math.min(every, frames - state.drawn));
      sampledAt.push(state.drawn);
      const [pageHeap, ...workerHeaps] = await heaps.read();
      const parts = await heaps.weighPage();
      note('page heap, bytes', pageHeap.usedSize);
      note('page heap, the engine’s own code, bytes', parts.code);
      note('page heap, the program’s data, bytes', parts.data);
      note('page array buffers, bytes', pageHeap.backingStorageSize);
      note(
        'worker heap, bytes',
        workerHeaps.reduce((sum, { usedSize }) => sum + usedSize, 0),
      );
      note(
        'worker array buffers, bytes',
        workerHeaps.reduce((sum, { backingStorageSize }) => sum + backingStorageSize, 0),
      );
      note('workers', page.workers().length);
      const contexts = [
        ['page', await page.evaluate(readLedger)],
        ...(await Promise.all(page.workers().map(async (worker) => ['worker', await worker.evaluate(readLedger)]))),
      ] as [string, Record<string, number>][];
      for (const [where, counts] of contexts)
        for (const [name, value] of Object.entries(counts)) note(`${where} ${name}`, value);
      const perFrame = (performance.now() - startedAt) / state.drawn;
      console.error(`${state.drawn}/${frames} frames, ${perFrame.toFixed(0)} ms each, a person in ${state.found}`);
    }

    const series = [...sampled]
      // Resources that were never used are left out.
      .filter(([, values]) => values.some((value) => value !== 0))
      .map(([name, values]) => ({ ...judgeSeries({ name, slack: slackOf(name), frames: sampledAt, values }), values }));
    console.log(`\n${machine}`);
    console.log(
      `${state.drawn} frames (a person found in ${state.found}), model ${state.model}, engine ${state.engine}; a sample every ${every} frames, after collecting garbage\n`,
    );
    const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
    printTable(
      ['', `at ${settlingFrames(frames)}`, 'at the end', 'per 1000 frames', ''],
      series.map(({ name, atSettled, atEnd, slopePer1000, verdict }) => [
        name,
        round(atSettled),
        round(atEnd),
        slopePer1000.toFixed(2),
        verdict,
      ]),
    );
    console.log(`\n${criterion(frames)}\n`);
    return {
      model: state.model ?? model,
      engine: state.engine ?? engine,
      frames: state.drawn,
      found: state.found,
      every,
      series,
    };
  });
}
