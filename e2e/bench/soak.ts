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

export interface SoakOptions {
  model: 'lite' | 'full' | 'heavy';
  engine: 'wasm' | 'webgpu';
  /** On the machine's GPU. */
  gpu: boolean;
  frames: number;
  framesAs: SoakSetup['kind'];
}

export interface SoakReport {
  model: string;
  engine: string;
  frames: number;
  /** Frames in which somebody was found. */
  found: number;
  every: number;
  series: (Verdict & { values: number[] })[];
}

/** Frames from sample to sample; more often in a short run. */
function samplingStep(frames: number): number {
  return Math.min(250, Math.ceil(frames / 20));
}
/** What a heap breathes by, bytes: compiled code comes and goes. */
const HEAP_SLACK = 100_000;
/** WebAssembly memory grows by pages. */
const PAGE_BYTES = 65_536;

/**
 * V8 notes down as it runs which types pass where, and compiles what runs often: on the same heap as the program's objects,
 * and, of what runs once a frame, up to the eight thousandth. Here it is made to do most of that at once and to keep it.
 */
const settleEarly =
  '--js-flags=--no-lazy-feedback-allocation --invocation-count-for-maglev=25 --invocation-count-for-turbofan=100 --no-flush-bytecode';

const workerScripts = ['tracking-worker.js', 'tracking-worker-webgpu.js'];

type Ledger = () => Record<string, number>;
function readLedger(): Record<string, number> {
  return (globalThis as unknown as { resourceLedger: Ledger }).resourceLedger();
}

function slackOf(name: string): number {
  if (/heap|buffers, bytes/.test(name)) return HEAP_SLACK;
  return name.endsWith('wasmBytes') ? PAGE_BYTES : name.endsWith('Bytes') ? HEAP_SLACK : 1;
}

/** The whole room, thousands of frames long, with a look every few hundred at whether anything piles up. */
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
    flags: [settleEarly],
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
      console.error(`${state.drawn}/${frames} frames, ${perFrame.toFixed(0)} ms each, somebody in ${state.found}`);
    }

    const series = [...sampled]
      // What there never was any of is left out.
      .filter(([, values]) => values.some((value) => value !== 0))
      .map(([name, values]) => ({ ...judgeSeries({ name, slack: slackOf(name), frames: sampledAt, values }), values }));
    console.log(`\n${machine}`);
    console.log(
      `${state.drawn} frames (somebody found in ${state.found}), model ${state.model}, engine ${state.engine}; a sample every ${every} frames, after collecting garbage\n`,
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
