// `npm run bench -- worn`: compares what a fitting room shows of people filmed in their own clothes with films of the
// same people, in the same motion, in the garment.
// 1. `Studio` plays and tracks each pair, as films and frame by frame as photos, or takes both from the cache.
// 2. The page solves the bodies, draws the garment and compares its pixels with the film in the garment (`judge-pair`).
// 3. Node sums up (`sumUpPair`) and prints.
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';
import { Cache } from './cache.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { EntryExchange } from './entry-exchange.ts';
import { findPairFiles } from './find-pair-files.ts';
import { openBench } from './open-bench.ts';
import type { MannequinPairOptions } from './page/film-mannequin-pair.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { SentJudgement, WornBench } from './page/worn-page.ts';
import { printPair, printPhotos, printWornHead } from './print-worn.ts';
import { type PairClips, Studio } from './studio.ts';
import { FIRST_FRAME, meanFigures, sumUpPair, type WornReport } from './worn-figures.ts';

/** Which pairs are judged, and how. A pair: one person filmed twice in one motion, in own clothes and in a garment. */
export interface WornOptions {
  /** BlazePose's landmark model: `lite`, `full` or `heavy`. */
  model: FilmModel;
  /** Names of the pairs; null: all. */
  only: readonly string[] | null;
  /** Whether to judge the films; without it only photos are judged. */
  hasFilm: boolean;
  /** Whether to write contact sheets of each pair to `e2e/output`. */
  sheets: boolean;
  /** Whether films may come from the cache. */
  isCacheRead: boolean;
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /** Whether to draw with the machine's GPU. By default everything runs by software, as in the browser tests. */
  gpu?: boolean;
}

/** Folders of the contact sheets, of the cache, and of the pairs. */
const SHEETS = 'e2e/output';
const CACHE = 'e2e/output/cache';
const PAIRS = `${dataFolder}/pairs`;
const hasPairs = existsSync(PAIRS);
/**
 * The pair where there is no test data: a standing person down to the knees, in an indoor camera's noise (a share of
 * white). `frames`: numbers of the frames with masks.
 */
const MANNEQUIN_PAIR: Omit<MannequinPairOptions, 'model'> = {
  garment: '/assets/tee.glb',
  scene: {
    motion: 'sway',
    view: 'knees-up',
    shape: 'female-50',
    seed: 4,
    noise: 0.02,
    swayMetres: 0.002,
    fps: 30,
    // Small pictures, since software draws slowly.
    camera: { width: 360, height: 480 },
  },
  frameCount: 26,
  frames: [0, 5, 10, 15, 20, 25],
};

/** Writes the contact sheets of the pair `name`, if there are any, as PNG files. */
async function writeSheets(name: string, { sheets }: SentJudgement): Promise<void> {
  await mkdir(SHEETS, { recursive: true });
  const suffixes = { film: '', naive: '-naive', photos: '-photos' } as const;
  for (const [sheet, suffix] of Object.entries(suffixes)) {
    const file = sheets?.[sheet as keyof typeof suffixes];
    if (file) await writeFile(`${SHEETS}/worn-${name}${suffix}.png`, Buffer.from(file, 'base64'));
  }
}

/** A pair as the page judges it. */
interface Pair {
  /** The tracked film, and its frames with masks tracked as photos. */
  clips: PairClips;
  /** URL of the garment. */
  garment: string;
}

/** Returns the pairs by name, each made when it is asked for. */
async function findPairs(studio: Studio, model: FilmModel): Promise<Map<string, () => Promise<Pair>>> {
  if (!hasPairs) {
    const { garment } = MANNEQUIN_PAIR;
    return new Map([
      [
        'mannequin',
        async () => ({ clips: await studio.mannequinPair('mannequin', { ...MANNEQUIN_PAIR, model }), garment }),
      ],
    ]);
  }
  const names = (await readdir(PAIRS)).toSorted();
  return new Map(
    names.map((name) => [
      name,
      async () => {
        const files = await findPairFiles(PAIRS, name);
        const clips = await studio.pair(name, `${PAIRS}/${name}`, { ...files, model });
        return { clips, garment: `${files.folder}/${files.garment}.glb` };
      },
    ]),
  );
}

/** Runs the benchmark, prints each pair when it is done, and returns the figures. */
export async function benchWorn(options: WornOptions): Promise<WornReport> {
  const { model, only, hasFilm, sheets, isCacheRead, without = [], gpu } = options;
  const exchange = new EntryExchange();
  const beganMs = performance.now();
  return openBench(
    {
      page: 'worn-page',
      gpu,
      programs: [{ name: hasPairs ? 'film-pairs' : 'film-mannequin-pair', format: 'es' }],
      routes: { '/pairs/': serveFiles(PAIRS), '/entries/': exchange.route },
    },
    async ({ page, browser, files }) => {
      const cache = new Cache(CACHE, { isRead: isCacheRead });
      const studio = new Studio({ page, browserVersion: browser.version(), files, cache, exchange });
      const found = await findPairs(studio, model);
      const names = only ?? [...found.keys()];
      console.log(`\n${await describeMachine(browser, page)}`);
      if (!hasPairs)
        console.log(`no pairs in ${PAIRS} (FITTING_DATA): a pair filmed with the mannequin, which flatters`);
      console.log(`model ${model}, engine wasm; no stature; films are counted from frame ${FIRST_FRAME} on\n`);
      const pairs: WornReport['pairs'] = {};
      if (hasFilm) printWornHead();
      for (const name of names) {
        const pair = await found.get(name)?.();
        if (!pair) throw new Error(`there is no pair "${name}": ${[...found.keys()].join(', ')}`);
        const { film, photos } = pair.clips;
        const { garment } = pair;
        const judgement = await exchange.offer([film, photos], ([filmId, photosId]) =>
          callPage<WornBench, 'judge'>(page, 'judge', filmId, photosId, {
            garment,
            hasFilm,
            hasSheets: sheets,
            without,
          }),
        );
        await writeSheets(name, judgement);
        const { frames, photos: judgedPhotos } = judgement;
        pairs[name] = { ...sumUpPair(frames, judgedPhotos), frames, photos: judgedPhotos };
        if (hasFilm) printPair(name, pairs[name]);
        else printPhotos(name, judgedPhotos);
      }
      const report: WornReport = { pairs, mean: meanFigures(Object.values(pairs)) };
      if (!hasFilm) {
        printWornHead();
        for (const [name, figures] of Object.entries(pairs)) printPair(name, figures);
      }
      printPair('mean', report.mean);
      console.log(`${((performance.now() - beganMs) / 1000).toFixed(0)} s in all`);
      return report;
    },
  );
}
