import { mkdir, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder, hasFootage } from '../serve.ts';
import { callPage } from './call-page.ts';
import { describeMachine } from './describe-machine.ts';
import { openBench } from './open-bench.ts';
import type { FitMotionName } from './page/fit-motions.ts';
import type { FitBench, SeenCase, SeenRun } from './page/fit-page.ts';
import type { Clothes, FitScene } from './page/fit-person.ts';
import { printFitCase, printFitHead, printFitReport, printThirdParty } from './print-fit.ts';
import { type FitCase, type FitReport, reportFit } from './report-fit.ts';

export const fitParts = ['thirdParty', 'mannequin', 'still', 'lock', 'sizes'] as const;
export type FitPart = (typeof fitParts)[number];

export interface FitOptions {
  model: 'lite' | 'full' | 'heavy';
  parts: readonly FitPart[];
  motions: readonly FitMotionName[];
  /** Presets of the mannequin. */
  shapes: readonly string[];
  /** What the person wears that the garment is put on. */
  clothes: readonly ('none' | 'loose' | 'exact')[];
  /** Of each case. */
  frames: number;
  /** Contact sheets of every case in `e2e/output/bench`. */
  sheets: boolean;
}

const SHEETS = 'e2e/output/bench';
/** From here on the garment has to sit. */
const FROM = 60;
/** Of the frames that count so many are compared pixel by pixel. */
const COMPARED = 10;
/** An indoor camera's; a person who stands is never quite still. */
const NOISE = 0.02;
const SWAY_METRES = 0.002;
/**
 * Small pictures and few a second: drawing by software takes its time by the pixel. At this rate frames 60 to 90 see arms raised
 * from the sides to overhead, arms crossed, a turn from one side to the other and the last steps into the picture.
 */
const SCENE = { width: 360, height: 480, fps: 12, noise: NOISE, swayMetres: SWAY_METRES } as const;
/** Vertical; the room assumes 60°. Such a row is printed only: joints in space go by the lens, what is seen should not. */
const OTHER_LENS_DEGREES = 42;
const LOCK_FRAMES = 40;
const SIZES = ['S', 'XL'];

async function writeSheet(name: string, base64: string | null): Promise<void> {
  if (base64 === null) return;
  await mkdir(SHEETS, { recursive: true });
  await writeFile(`${SHEETS}/fit-${name}.png`, Buffer.from(base64, 'base64'));
}

/** The third party's person; null where they are not at hand or cannot be dressed. */
async function seeThirdParty(page: Page, sheets: boolean): Promise<SeenRun | null> {
  if (!hasFootage) return null;
  try {
    const run = await callPage<FitBench, 'thirdParty'>(page, 'thirdParty', '/garments/male_casualsuit01.glb', sheets);
    printThirdParty(run);
    await writeSheet('third-party', run.sheet);
    return run;
  } catch (cause) {
    console.log(`rendered-male-arms: ${cause instanceof Error ? cause.message : cause}`);
    return null;
  }
}

/** How well garments sit on people of whom everything is known. */
export function benchFit({ model, parts, motions, shapes, clothes, frames, sheets }: FitOptions): Promise<FitReport> {
  return openBench(
    { page: 'fit-page', routes: { '/garments/': serveFiles(`${dataFolder}/garments`) } },
    async ({ page, browser }) => {
      const mannequin = await committedMannequin();
      console.log(`\n${await describeMachine(browser, page)}`);
      const opened = await callPage<FitBench, 'open'>(page, 'open', model);
      console.log(
        `model ${opened.model}, engine ${opened.engine}; ${SCENE.width} × ${SCENE.height}, ${SCENE.fps} fps, noise ${NOISE}, sway ${1000 * SWAY_METRES} mm, filmed by the lens that the room assumes; ${frames} frames, from frame ${FROM} on\n`,
      );
      printFitHead();
      const has = (part: FitPart): boolean => parts.includes(part);
      const see = (scene: FitScene, worn: Clothes, isExact: boolean): Promise<SeenCase> =>
        callPage<FitBench, 'mannequin'>(page, 'mannequin', {
          scene,
          clothes: worn,
          isExact,
          from: FROM,
          every: Math.max(1, Math.floor((scene.frames - FROM) / COMPARED)),
          withSheet: sheets,
        });

      const thirdParty = has('thirdParty') ? await seeThirdParty(page, sheets) : null;
      const cases: FitCase[] = [];
      for (const motion of has('mannequin') ? motions : []) {
        for (const shape of shapes) {
          for (const worn of clothes) {
            const isExact = worn === 'exact';
            const run = await see({ ...SCENE, motion, shape, frames }, isExact ? 'none' : worn, isExact);
            cases.push({ motion, shape, clothes: isExact ? 'none' : worn, isExact, fps: SCENE.fps, run });
            printFitCase(cases[cases.length - 1], mannequin);
            await writeSheet(`${motion}-${shape}-${worn}`, run.sheet);
          }
        }
      }
      if (has('mannequin') && motions.includes('sway') && clothes.includes('none')) {
        const scene: FitScene = { ...SCENE, motion: 'sway', shape: shapes[0], frames, fovYDegrees: OTHER_LENS_DEGREES };
        printFitCase(
          { ...scene, clothes: 'none', isExact: false, run: await see(scene, 'none', false) },
          mannequin,
          `, ${OTHER_LENS_DEGREES}° lens`,
        );
      }
      const still = has('still')
        ? await see(
            { ...SCENE, fps: 30, swayMetres: 0, motion: 'still', shape: shapes[0], frames: FROM + 60 },
            'none',
            false,
          )
        : null;
      const lock = has('lock')
        ? await callPage<FitBench, 'lock'>(page, 'lock', {
            ...SCENE,
            motion: 'arms',
            shape: shapes[0],
            frames: LOCK_FRAMES,
          })
        : null;
      const sizes = has('sizes')
        ? await callPage<FitBench, 'sizes'>(
            page,
            'sizes',
            { ...SCENE, motion: 'sway', shape: shapes[0], frames: FROM },
            SIZES,
          )
        : null;
      const report = reportFit({ cases, thirdParty, still, lock, sizes }, mannequin);
      printFitReport(report);
      return report;
    },
  );
}
