// `npm run bench -- startup`: what a product page pays for a fitting room, and what a garment costs that is not
// prepared: converted in advance to the mannequin's rest pose, with its binding to the skin.
// 1. `npm run build` makes the package; the server notes which of its files the page asks for.
// 2. `prepareGarment` prepares the test garments in Node; each is served as it came and prepared.
// 3. For each garment, a fresh page loads the shell and starts a room on a photo. Chromium counts the time that the
//    page's thread is busy from the start until the first frame is drawn.
// 4. With compressed files, without a limit and over a slow line: times from the tap, the page's tasks, bytes; and the
//    same garment on a page of `@google/model-viewer`.
// 5. The files and the package are weighed, the times' medians over all rounds are printed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright';
import { prepareGarment } from '../../src/adopt/prepare-garment.ts';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { weighPackage } from '../../tools/packages/weigh-package.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
// @ts-expect-error plain JavaScript without types: `npm run build` reads it too
import { shellSize } from '../../tools/setup/shell-size.mjs';
import { dataFolder } from '../serve.ts';
import { callPage } from './call-page.ts';
import { CompressedFiles, compressFile } from './compressed-files.ts';
import { describeMachine } from './describe-machine.ts';
import { hasModelViewer, measureModelViewer, modelViewerRoutes, type ViewerFigures } from './model-viewer.ts';
import { openBench } from './open-bench.ts';
import type { StartupBench } from './page/startup-page.ts';
import { printTable } from './print-table.ts';
import { openSlowLine } from './slow-line.ts';
import { measureStart, type StartFigures } from './start-figures.ts';
import { median } from './statistics.ts';

/** Folders of the built package, and of the prepared garments. */
const PACKAGE = 'dist';
const GARMENTS = 'e2e/output/garments';
/** Garments of another maker, in the test data. */
const OUTFITS = ['female_elegantsuit01', 'male_casualsuit01', 'male_elegantsuit01'];
/** A picture of the synthetic person: part of the repository, so that the benchmark needs no footage. */
const PHOTO = '/demo/pictures/hero.webp';
/** A phone in a train: bytes a second (1.6 Mbit/s), and latency, milliseconds. */
const SLOW_BYTES_PER_SECOND = 200_000;
const SLOW_LATENCY_MS = 150;
/** Large files of the first try-on, in `assets`: they are compressed before the clock runs. */
const FIRST_FILES = [
  'mannequin.glb',
  'tee.glb',
  'runtime/litert_wasm_trimmed.wasm',
  'runtime/pose_detection.tflite',
  'runtime/pose_landmark_lite.tflite',
];
/** Starts of each garment. */
const ROUNDS = 3;

/** A garment with which a room is started. */
interface GarmentFile {
  name: string;
  isPrepared: boolean;
  /** Path on this machine, and URL of the benchmark's server. */
  path: string;
  url: string;
}

/** A file that the page loads. */
interface LoadedFile {
  file: string;
  bytes: number;
  brotliBytes: number;
}

/** Figures of one line: of the start, of the package, and of model-viewer's page (not without npm's registry). */
type LineFigures = StartFigures &
  Partial<ViewerFigures> & {
    shellBytesBrotli: number;
    /** Time in which the line sends the files of the first try-on; 0 without a limit. */
    bareDownloadMs: number;
    installBytes: number;
    tarballBytes: number;
  };

/** Milliseconds from the start of a room until the first frame is drawn: of the page's thread, and by the clock. */
interface StartTimes {
  threadMs: number;
  wallMs: number;
}

/** The figures that `--json` writes. */
export interface StartupReport {
  /** Loaded at the first tap, with a prepared garment; this and the next two are empty without the part `garments`. */
  firstTap: LoadedFile[];
  /** Loaded besides when a garment is not prepared. */
  adopting: LoadedFile[];
  /** By garment: medians of the times, and the bytes of its file. */
  garments: (StartTimes & { name: string; isPrepared: boolean; bytes: number })[];
  /** Starts without a limit, and over a slow line; empty without the part `lines`. */
  lines: Record<string, LineFigures>;
}

/** Returns the t-shirt, and each outfit of the test data both unprepared and prepared. */
async function gatherGarments(): Promise<GarmentFile[]> {
  const files = [{ name: 'tee', isPrepared: true, path: 'assets/tee.glb', url: '/assets/tee.glb' }];
  const mannequin = await committedMannequin();
  await mkdir(GARMENTS, { recursive: true });
  for (const name of OUTFITS) {
    const path = `${dataFolder}/garments/${name}.glb`;
    if (!existsSync(path)) {
      console.log(`${name} is left out: ${path} is missing (FITTING_DATA)`);
      continue;
    }
    const { file } = await prepareGarment(new Uint8Array(await readFile(path)), mannequin);
    await writeFile(`${GARMENTS}/${name}.glb`, file);
    files.push({ name, isPrepared: false, path, url: `/garments/${name}.glb` });
    files.push({ name, isPrepared: true, path: `${GARMENTS}/${name}.glb`, url: `/prepared/${name}.glb` });
  }
  return files;
}

/**
 * Starts a room with the garment at the URL `garment` in a fresh page, without a cache, of the server at `url`. Calls
 * `onTap` when the shell (what a page loads before the first tap) is loaded.
 */
async function timeStart(browser: Browser, url: string, garment: string, onTap: () => void): Promise<StartTimes> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(`${url}/page`);
    await page.waitForFunction(() => 'bench' in window);
    await callPage<StartupBench, 'open'>(page, 'open', { garment, photo: PHOTO });
    const session = await context.newCDPSession(page);
    // Processor time of the thread: on a busy machine a task waits, which is no cost of the room's.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const busyMs = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN);
    };
    onTap();
    const before = await busyMs();
    const wallMs = await callPage<StartupBench, 'tap'>(page, 'tap');
    return { threadMs: (await busyMs()) - before, wallMs };
  } finally {
    await context.close();
  }
}

/** Reads the size of a file of the built package. */
async function weigh(file: string): Promise<LoadedFile> {
  const path = `${PACKAGE}/${file}`;
  return { file, bytes: (await readFile(path)).length, brotliBytes: (await compressFile(path)).length };
}

/** Parts of the benchmark, for `--only`. */
export const startupParts = ['lines', 'garments'] as const;

/** Measures what a fitting room loads, and the time from the first tap to the first drawn frame. */
export async function benchStartup(parts: readonly (typeof startupParts)[number][]): Promise<StartupReport> {
  const { status } = spawnSync(process.execPath, ['tools/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('npm run build fails');
  const lines = parts.includes('lines') ? await measureLines() : {};
  const garments = parts.includes('garments') ? await gatherGarments() : [];
  const asked = new Set<string>();
  const noting = (prefix: string, folder: string): ReturnType<typeof serveFiles> => {
    const send = serveFiles(folder);
    return (request, response) => {
      asked.add(prefix + (request.url ?? '').slice(1));
      send(request, response);
    };
  };
  const routes = {
    '/package/': noting('', PACKAGE),
    '/package/assets/': noting('assets/', `${PACKAGE}/assets`),
    '/garments/': serveFiles(`${dataFolder}/garments`),
    '/prepared/': serveFiles(GARMENTS),
  };
  return openBench({ page: 'startup-page', routes }, async ({ browser, page, url }) => {
    const machine = await describeMachine(browser, page);
    const times = garments.map((): StartTimes[] => []);
    const loaded = new Map<boolean, string[]>();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, { name, isPrepared, url: garment }] of garments.entries()) {
        times[i].push(await timeStart(browser, url, garment, () => asked.clear()));
        loaded.set(isPrepared, [...asked].toSorted());
        console.error(`round ${round + 1}/${ROUNDS}: ${name}${isPrepared ? ', prepared' : ''}`);
      }
    }
    const usual = loaded.get(true) ?? [];
    const report: StartupReport = {
      lines,
      firstTap: await Promise.all(usual.map(weigh)),
      adopting: await Promise.all((loaded.get(false) ?? []).filter((file) => !usual.includes(file)).map(weigh)),
      garments: await Promise.all(
        garments.map(async ({ name, isPrepared, path }, i) => ({
          name,
          isPrepared,
          bytes: (await readFile(path)).length,
          threadMs: median(times[i].map(({ threadMs }) => threadMs)),
          wallMs: median(times[i].map(({ wallMs }) => wallMs)),
        })),
      ),
    };
    console.log(`\n${machine}`);
    printStartup(report);
    return report;
  });
}

/** Measures the starts without a limit and over a slow line, with compressed files. */
async function measureLines(): Promise<Record<string, LineFigures>> {
  const files = new CompressedFiles();
  // What no page asks for in time would be compressed while it waits, so that the times would be the compressor's.
  for (const file of FIRST_FILES) await files.prepare(`${PACKAGE}/assets/${file}`);
  const routes = {
    '/package/': files.serve(PACKAGE),
    '/package/assets/': files.serve(`${PACKAGE}/assets`),
    ...modelViewerRoutes(files),
  };
  const weights = { shellBytesBrotli: shellSize(PACKAGE).bytes as number, ...weighPackage('.') };
  return openBench({ page: 'startup-page', routes }, async ({ browser, url }) => {
    const measure = async (url: string, bytesPerSecond: number): Promise<LineFigures> => {
      const start = await measureStart(browser, { url, files, photo: PHOTO });
      const viewer = hasModelViewer() ? await measureModelViewer(browser, url, files) : {};
      return { ...weights, ...start, bareDownloadMs: (1000 * start.firstTryOnBytesBrotli) / bytesPerSecond, ...viewer };
    };
    const unlimited = await measure(url, Infinity);
    const line = await openSlowLine(url, SLOW_BYTES_PER_SECOND, SLOW_LATENCY_MS);
    const slow = await measure(line.url, SLOW_BYTES_PER_SECOND);
    line.close();
    return { 'no limit': unlimited, '1.6 Mbit/s, 150 ms': slow };
  });
}

/** Returns kilobytes with one decimal. */
function kB(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}

/** Prints the tables of the part `garments`: files and starts. */
function printGarments(
  firstTap: readonly LoadedFile[],
  adopting: readonly LoadedFile[],
  garments: StartupReport['garments'],
): void {
  const row = ({ file, bytes, brotliBytes }: LoadedFile): string[] => [file, kB(bytes), kB(brotliBytes)];
  const sum = (name: string, files: readonly LoadedFile[]): LoadedFile => ({
    file: name,
    bytes: files.reduce((total, { bytes }) => total + bytes, 0),
    brotliBytes: files.reduce((total, { brotliBytes }) => total + brotliBytes, 0),
  });
  printTable(
    ['at the first tap', 'kB', 'kB brotli'],
    [
      ...firstTap.map(row),
      row(sum('all, with a prepared garment', firstTap)),
      ...adopting.map(row),
      row(sum('besides, for a garment that is not prepared', adopting)),
    ],
  );
  console.log(
    `\nengine wasm, model lite, a photo; medians of ${ROUNDS} starts, from the tap to the first drawn frame\n`,
  );
  printTable(
    ['garment', 'kB', "page's thread ms", 'wall ms'],
    garments.map(({ name, isPrepared, bytes, threadMs, wallMs }) => [
      `${name}${isPrepared ? ', prepared' : ''}`,
      kB(bytes),
      threadMs.toFixed(0),
      wallMs.toFixed(0),
    ]),
  );
}

/** Prints a report. */
function printStartup({ firstTap, adopting, garments, lines }: StartupReport): void {
  if (garments.length > 0) printGarments(firstTap, adopting, garments);
  const names = Object.keys(lines);
  if (names.length === 0) return;
  console.log();
  const figures = Object.keys(lines[names[0]]) as (keyof LineFigures)[];
  printTable(
    ['tasks: processor time; the rest by the clock', ...names],
    figures.map((figure) => [figure, ...names.map((name) => lines[name][figure]?.toFixed(0) ?? '')]),
  );
}
