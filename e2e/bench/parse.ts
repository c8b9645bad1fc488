// `npm run bench -- parse`: how well the tracker tells apart what the pixels of a person show. The person is filmed in
// their own clothes, with true masks of person and clothes; `page/parse-page.ts` compares.
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';
import { Cache } from './cache.ts';
import { callPage } from './call-page.ts';
import { overlapsOf } from './class-overlap.ts';
import { describeMachine } from './describe-machine.ts';
import { EntryExchange } from './entry-exchange.ts';
import { findPairFiles } from './find-pair-files.ts';
import { openBench } from './open-bench.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { ParseBench } from './page/parse-page.ts';
import { printTable } from './print-table.ts';
import { mean, median } from './statistics.ts';
import { Studio } from './studio.ts';
import { type ClassName, classNames } from './true-classes.ts';

/** Which pairs are judged, and how. A pair: one person filmed twice; the film in their own clothes is judged. */
export interface ParseOptions {
  /** BlazePose's landmark model. */
  model: FilmModel;
  /** Names of the pairs; null: all. */
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

/** The figures that `--json` writes: means over the pairs, the time of the classifier in ms, and each pair. */
export interface ParseReport extends ParseFigures {
  msMedian: number;
  pairs: Record<string, ParseFigures>;
}

const PAIRS = `${dataFolder}/pairs`;
const CACHE = 'e2e/output/cache';
const SHEETS = 'e2e/output';

/** Adds the mean over the classes. */
function withMean(iou: Record<ClassName, number>): ParseFigures {
  return { iou, mean: { iou: mean(Object.values(iou)) } };
}

/** Runs the benchmark, prints its table and returns the figures; null where there are no pairs to judge. */
export async function benchParse({ model, only, sheets, isCacheRead }: ParseOptions): Promise<ParseReport | null> {
  if (!existsSync(PAIRS)) {
    console.log(`no pairs in ${PAIRS} (FITTING_DATA): nothing to judge`);
    return null;
  }
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
      for (const name of only ?? (await readdir(PAIRS)).toSorted()) {
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
      const all = Object.values(pairs);
      const iou = Object.fromEntries(classNames.map((name) => [name, mean(all.map((pair) => pair.iou[name]))]));
      const report = { ...withMean(iou as Record<ClassName, number>), msMedian: median(ms), pairs };
      const line = (name: string, figures: ParseFigures): string[] => [
        name,
        ...[...classNames.map((each) => figures.iou[each]), figures.mean.iou].map((value) => value.toFixed(3)),
      ];
      console.log(`\n${machine}\nmodel ${model}, engine wasm; intersection over union with the true classes\n`);
      printTable(
        ['pair', ...classNames, 'mean'],
        [...Object.entries(pairs).map(([name, figures]) => line(name, figures)), line('mean', report)],
      );
      console.log(`\nthe classifier alone: ${report.msMedian.toFixed(2)} ms a frame (median)`);
      return report;
    },
  );
}
