import { mkdir, writeFile } from 'node:fs/promises';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder, hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { fidelity, jointErrors, jointSpread } from './judge-fit.ts';
import { openBench } from './open-bench.ts';
import type { FitBench, SeenRun } from './page/fit-page.ts';
import { printTable } from './print-table.ts';
import { mean } from './statistics.ts';

export const fitParts = ['thirdParty', 'mannequin', 'still', 'lock', 'sizes'] as const;
export type FitPart = (typeof fitParts)[number];

export interface FitOptions {
  model: 'lite' | 'full' | 'heavy';
  parts: readonly FitPart[];
  /** Contact sheets of every case in `e2e/output/bench`. */
  sheets: boolean;
}

const SHEETS = 'e2e/output/bench';

const writeSheet = async (name: string, base64: string | null): Promise<void> => {
  if (base64 === null) return;
  await mkdir(SHEETS, { recursive: true });
  await writeFile(`${SHEETS}/fit-${name}.png`, Buffer.from(base64, 'base64'));
  console.log(`${SHEETS}/fit-${name}.png`);
};

const iousOf = ({ frames, from }: SeenRun): number[] => frames.flatMap(({ frame, agreement }) => (agreement && frame >= from ? [agreement.iou] : []));
const errorsOf = ({ frames, truth, from }: SeenRun): number[] => jointErrors(frames.map(({ joints }) => joints), truth, from);

/** How well garments sit on people of whom everything is known. */
export const benchFit = ({ model, parts, sheets }: FitOptions): Promise<unknown> =>
  openBench({ page: 'fit-page', routes: { '/garments/': serveFiles(`${dataFolder}/garments`) } }, async ({ page, browser }) => {
    console.log(`\n${await describeMachine(browser, page)}`);
    await callPage<FitBench, 'open'>(page, 'open', model);
    let thirdParty: { iou: number; jointErrorCm: number } | null = null;
    if (parts.includes('thirdParty') && hasFootage) {
      try {
        const run = await callPage<FitBench, 'thirdParty'>(page, 'thirdParty', '/garments/male_casualsuit01.glb', sheets);
        const ious = iousOf(run);
        const error = jointSpread(errorsOf(run));
        thirdParty = { iou: mean(ious), jointErrorCm: error.mean };
        printTable(['third party', 'IoU', 'p5', 'by frame', 'joints cm', 'p95'], [['rendered-male-arms', fidelity(ious).mean.toFixed(4), fidelity(ious).p5.toFixed(4), ious.map((iou) => iou.toFixed(3)).join(' '), error.mean.toFixed(2), error.p95.toFixed(2)]]);
        await writeSheet('third-party', run.sheet);
      } catch (cause) {
        console.log(`third party            null: ${cause instanceof Error ? cause.message : cause}`);
      }
    }
    return { thirdParty };
  });
