// `npm run bench -- parse`: how well the tracker tells apart what the pixels of a person show. People are filmed in
// their own clothes: those of the pairs, with true masks of person and clothes, and the synthetic person, of whom every
// pixel's class is known. `page/parse-page.ts` compares.
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';
import { Cache } from './cache.ts';
import { callPage } from './call-page.ts';
import { type ClassName, classNames } from './class-names.ts';
import { overlapsOf } from './class-overlap.ts';
import { describeMachine } from './describe-machine.ts';
import { EntryExchange } from './entry-exchange.ts';
import { findPairFiles } from './find-pair-files.ts';
import { openBench } from './open-bench.ts';
import type { PersonScene } from './page/judge-person.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { ParseBench } from './page/parse-page.ts';
import { printTable } from './print-table.ts';
import { mean, median } from './statistics.ts';
import { Studio } from './studio.ts';

/** Who is judged, and how. A pair: one person filmed twice; the film in their own clothes is judged. */
export interface ParseOptions {
  /** BlazePose's landmark model. */
  model: FilmModel;
  /** Names of pairs and of `persons`; null: all. */
  only: readonly string[] | null;
  /** Whether to write pictures of truth and found classes to `e2e/output`. */
  sheets: boolean;
  /** Whether films may come from the cache. */
  isCacheRead: boolean;
}

/** Intersection over union by class, and their mean. */
interface ParseFigures {
  iou: Record<ClassName, number>;
  mean: { iou: number };
}

/**
 * The figures that `--json` writes: means over the pairs, the time of the classifier in ms, each pair, and each
 * synthetic person.
 */
export interface ParseReport extends ParseFigures {
  msMedian: number;
  pairs: Record<string, ParseFigures>;
  persons: Record<string, ParseFigures>;
}

const PAIRS = `${dataFolder}/pairs`;
const CACHE = 'e2e/output/cache';
const SHEETS = 'e2e/output';

/** Synthetic people: clothes, skins, lights. `noise`: of the camera in that light, as a share of white. */
const persons: Record<string, PersonScene> = {
  'tee by day': { clothes: 'everyday', seed: 1, light: 'steady', noise: 0.01, view: 'knees-up' },
  'tee at night': { clothes: 'everyday', seed: 2, light: 'night', noise: 0.05, view: 'knees-up', shape: 'male-50' },
  'tee at a window': { clothes: 'everyday', seed: 3, light: 'window', noise: 0.01, view: 'waist-up', skin: 'light' },
  'sleeves by a lamp': { clothes: 'tight', seed: 2, light: 'lamp', noise: 0.02, view: 'knees-up' },
  'sleeves in the sun': { clothes: 'tight', seed: 3, light: 'sun', noise: 0.005, view: 'waist-up', skin: 'dark' },
  'loose against light': { clothes: 'loose', seed: 1, light: 'backlight', noise: 0.02, view: 'knees-up' },
  'loose by a lamp': { clothes: 'loose', seed: 3, light: 'lamp', noise: 0.02, view: 'knees-up', skin: 'medium' },
};
/** Frames of each synthetic person: drawing them takes longer than judging. */
const PERSON_FRAMES = 8;

/** Adds the mean over the classes. */
function withMean(iou: Record<ClassName, number>): ParseFigures {
  return { iou, mean: { iou: mean(Object.values(iou)) } };
}

/** Returns the means of the figures. */
function meanOf(figures: readonly ParseFigures[]): ParseFigures {
  const iou = Object.fromEntries(classNames.map((name) => [name, mean(figures.map((each) => each.iou[name]))]));
  return withMean(iou as Record<ClassName, number>);
}

/** Runs the benchmark, prints its table and returns the figures. */
export async function benchParse({ model, only, sheets, isCacheRead }: ParseOptions): Promise<ParseReport> {
  const hasPairs = existsSync(PAIRS);
  if (!hasPairs) console.log(`no pairs in ${PAIRS} (FITTING_DATA): only the synthetic person is judged`);
  const pairNames = hasPairs ? (await readdir(PAIRS)).toSorted() : [];
  const isWanted = (name: string): boolean => only === null || only.includes(name);
  const exchange = new EntryExchange();
  return openBench(
    {
      page: 'parse-page',
      programs: [{ name: 'film-pairs', format: 'es' }],
      routes: { '/pairs/': serveFiles(PAIRS), '/entries/': exchange.route },
    },
    async ({ page, browser, files }) => {
      const cache = new Cache(CACHE, { isRead: isCacheRead });
      const studio = new Studio({ page, browserVersion: browser.version(), files, cache, exchange });
      const machine = await describeMachine(browser, page);
      const pairs: ParseReport['pairs'] = {};
      const ms: number[] = [];
      for (const name of pairNames.filter(isWanted)) {
        const pairFiles = await findPairFiles(PAIRS, name);
        const { film } = await studio.pair(name, `${PAIRS}/${name}`, { ...pairFiles, model });
        const judged = await exchange.offer([film], ([id]) => callPage<ParseBench, 'judge'>(page, 'judge', id, sheets));
        if (judged.missing > 0) console.log(`${name}: ${judged.missing} frames without classes`);
        ms.push(...judged.ms);
        pairs[name] = withMean(overlapsOf(judged.counts));
        if (judged.sheet === null) continue;
        await mkdir(SHEETS, { recursive: true });
        await writeFile(`${SHEETS}/parse-${name}.png`, Buffer.from(judged.sheet, 'base64'));
      }
      const people: ParseReport['persons'] = {};
      for (const [name, scene] of Object.entries(persons)) {
        if (!isWanted(name)) continue;
        const options = { ...scene, frames: PERSON_FRAMES };
        const { counts, missing } = await callPage<ParseBench, 'judgePerson'>(page, 'judgePerson', options, model);
        if (missing > 0) console.log(`${name}: ${missing} frames without classes`);
        people[name] = withMean(overlapsOf(counts));
      }
      const report = { ...meanOf(Object.values(pairs)), msMedian: median(ms), pairs, persons: people };
      const line = (name: string, figures: ParseFigures): string[] => [
        name,
        ...[...classNames.map((each) => figures.iou[each]), figures.mean.iou].map((value) => value.toFixed(3)),
      ];
      console.log(`\n${machine}\nmodel ${model}, engine wasm; intersection over union with the true classes\n`);
      printTable(
        ['person', ...classNames, 'mean'],
        [
          ...Object.entries(pairs).map(([name, figures]) => line(name, figures)),
          line('mean of the pairs', report),
          ...Object.entries(people).map(([name, figures]) => line(name, figures)),
          line('mean of the synthetic', meanOf(Object.values(people))),
        ],
      );
      console.log(`\nthe classifier alone: ${report.msMedian.toFixed(2)} ms a frame (median)`);
      return report;
    },
  );
}
