// `npm run bench -- gpu`: the times that a GPU decides, in milliseconds, for a machine that has one: of tracking by the
// engine `webgpu`, and of drawing the frames of a pair. Needs Node, this repository with its packages, and a Chromium
// (`CHROME_PATH`); no network and no display.
import { describeMachine } from './describe-machine.ts';
import type { TrackingReport } from './judge-tracking.ts';
import { openBench } from './open-bench.ts';
import type { FilmModel } from './page/open-tracker.ts';
import { median, quantile } from './statistics.ts';
import { benchTracking } from './tracking.ts';
import { benchWorn } from './worn.ts';

/** What to run. */
export interface GpuOptions {
  /** BlazePose's landmark model. */
  model: FilmModel;
  /** Number of frames to track; by default the clip runs once. */
  frames?: number;
  /** Names of the pairs whose frames are drawn; null: all. */
  only: readonly string[] | null;
  /** Whether a machine without a GPU will do: its times tell nothing, but it shows that the benchmark works. */
  isSoftware: boolean;
}

/** Median and 95th percentile, milliseconds. */
interface Times {
  median: number;
  p95: number;
}

/** What the benchmark measures. */
export interface GpuReport {
  /** Processor, GPU and browser. */
  machine: string;
  tracking: TrackingReport;
  /** Drawing a frame until its pixels are read: own clothes erased, and shown. */
  drawing: { erasing: Times; plain: Times };
}

/** Names of renderers that run on the processor. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i;

function timesOf(ms: readonly number[]): Times {
  return { median: median(ms), p95: quantile(ms, 0.95) };
}

/**
 * Returns the line about the machine. Throws if WebGL or WebGPU would run without a GPU, and `isSoftware` is false.
 */
async function findGpu(isSoftware: boolean): Promise<string> {
  return openBench({ page: 'worn-page', gpu: !isSoftware, webGpu: true }, async ({ browser, page }) => {
    const machine = await describeMachine(browser, page);
    const names = /WebGL (.*); WebGPU (.*), Chromium/.exec(machine)?.slice(1) ?? [];
    const missing = names.filter((name) => name === 'none' || SOFTWARE.test(name));
    if (missing.length > 0 && !isSoftware)
      throw new Error(
        `no GPU is used (${names.join('; ')}): install its driver, or add --software to try the benchmark`,
      );
    return machine;
  });
}

/** Runs the benchmark, prints and returns the figures. Throws on a machine without a GPU, unless that is wanted. */
export async function benchGpu({ model, frames, only, isSoftware }: GpuOptions): Promise<GpuReport> {
  const machine = await findGpu(isSoftware);
  const gpu = !isSoftware;
  const tracking = await benchTracking({
    model,
    engine: 'webgpu',
    gpu,
    frames,
    source: 'squats',
    framesAs: 'videoframe',
    tasksVisionAs: 'bitmap',
  });
  const worn = await benchWorn({ model, only, hasFilm: true, sheets: false, isCacheRead: true, gpu });
  const drawn = Object.values(worn.pairs).flatMap((pair) => pair.frames.flatMap(({ drawing }) => drawing ?? []));
  const drawing = {
    erasing: timesOf(drawn.map(({ erasing }) => erasing)),
    plain: timesOf(drawn.map(({ plain }) => plain)),
  };
  const line = ({ median, p95 }: Times): string => `median ${median.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms`;
  console.log(`\n${machine}${isSoftware ? '\nNO GPU: these times tell nothing' : ''}`);
  console.log(`tracking, webgpu        median ${tracking.msMedian.ours?.toFixed(2) ?? '–'} ms`);
  console.log(`drawing, clothes erased ${line(drawing.erasing)}`);
  console.log(`drawing, clothes shown  ${line(drawing.plain)}`);
  return { machine, tracking, drawing };
}
