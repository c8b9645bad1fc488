// `npm run bench -- tracking`: compares this project's tracker with bare `@mediapipe/pose`, body-segmentation,
// tasks-vision and the bare network on LiteRT. All run in one page on the same frames, one after the other within each
// frame.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder, hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import type { Joints } from './compare-landmarks.ts';
import { jointsOf } from './compare-landmarks.ts';
import { describeMachine } from './describe-machine.ts';
import { judgeTracking, type TrackingReport } from './judge-tracking.ts';
import { type BenchOptions, openBench } from './open-bench.ts';
import type { ContestantName, TrackingBench, TrackingSetup } from './page/tracking-page.ts';
import { printTracking } from './print-tracking.ts';

/** What `npm run bench -- tracking` compares, and on which frames. */
export interface TrackingOptions {
  /** BlazePose's landmark model, and the engine of this project's tracker: CPU or GPU. */
  model: TrackingSetup['model'];
  engine: 'wasm' | 'webgpu';
  /** Whether to use the machine's GPU. */
  gpu: boolean;
  /** Number of frames of each clip. By default every clip runs once. */
  frames?: number;
  /** The clip: a filmed person, which needs the test data, or the synthetic one. */
  source: 'squats' | 'mannequin';
  /**
   * Form of the frames for this project's tracker and for tasks-vision: `videoframe`, or `bitmap` as for the others.
   */
  framesAs: TrackingSetup['kind'];
  tasksVisionAs: TrackingSetup['kind'];
}

/** This project's tracker, its rivals, and the bare landmark network. */
const allContestants: readonly ContestantName[] = ['ours', 'mediapipe', 'tasksVision', 'raw', 'bodySegmentation'];

/**
 * Packs the pose models into a bundle for tasks-vision, by a program beside the test data. Returns the bundle's path;
 * null without that program. `model`: BlazePose's landmark model.
 */
async function packTasksBundle(model: string): Promise<string | null> {
  const program = resolve(dataFolder, '../check/make-pose-task.mjs');
  if (!existsSync(program)) return null;
  const file = resolve(`e2e/output/bench/pose-${model}.task`);
  await mkdir(dirname(file), { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [program, 'node_modules', file, model], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return file;
}

/** Reads the exact joints of the test data's rendered clip by frame, pixels. */
async function readTruth(): Promise<Joints[]> {
  const file = await readFile(`${dataFolder}/footage/rendered-male-arms/truth.json`, 'utf8');
  const { frames } = JSON.parse(file) as { frames: { landmarks: Record<string, { px: [number, number] }> }[] };
  return frames.map(({ landmarks }) =>
    Object.fromEntries(Object.entries(landmarks).map(([name, { px }]) => [name, px])),
  );
}

/** Runs the benchmark, prints a table and returns the figures. */
export async function benchTracking({
  model,
  engine,
  gpu,
  frames,
  source,
  framesAs,
  tasksVisionAs,
}: TrackingOptions): Promise<TrackingReport> {
  const clip = source === 'squats' && hasFootage ? 'squats' : 'mannequin';
  if (clip !== source) console.log('There is no footage (FITTING_DATA): the mannequin stands in.');
  const bundle = await packTasksBundle(model);
  const options: BenchOptions = {
    page: 'tracking-page',
    programs: [{ name: 'raw-litert-worker', format: 'iife' }],
    routes: bundle ? { '/models/': serveFiles(dirname(bundle)) } : {},
    gpu,
    webGpu: engine === 'webgpu',
  };
  return openBench(options, async ({ page, browser, blocked }) => {
    const setup: TrackingSetup = {
      engine,
      model,
      kind: framesAs,
      tasksBundle: bundle && `/models/pose-${model}.task`,
      tasksKind: tasksVisionAs,
    };
    const machine = await describeMachine(browser, page);
    const opened = await callPage<TrackingBench, 'open'>(page, 'open', setup);
    const run = await callPage<TrackingBench, 'run'>(page, 'run', clip, allContestants, frames);
    // Alone: the garbage of the rivals is collected on the page's thread, at any time.
    const alone = await callPage<TrackingBench, 'run'>(page, 'run', clip, ['ours'], frames);
    const rendered = hasFootage
      ? await callPage<TrackingBench, 'run'>(page, 'run', 'rendered', ['ours', 'mediapipe'], frames)
      : run;
    const truth = hasFootage ? await readTruth() : (run.truth ?? []).map((pose) => jointsOf(pose) ?? {});
    const report = judgeTracking({ model, engine: opened.engine, run, alone, rendered, truth });
    console.log(`\n${machine}`);
    console.log(
      `${clip}, model ${model}, engine ${opened.engine}${opened.engine === engine ? '' : ` (asked for ${engine})`}; truth: ${hasFootage ? 'rendered-male-arms' : 'mannequin'}\n`,
    );
    printTracking(report, run, opened.inputs);
    console.log(
      `foreign requests       ${blocked.length} stopped ${[...new Set(blocked.map((url) => new URL(url).host))].join(', ')}\n`,
    );
    return report;
  });
}
