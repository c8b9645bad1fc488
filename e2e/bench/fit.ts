// `npm run bench -- fit`: compares drawn garments and solved bodies with the truth, on people whose bodies are known
// exactly.
// 1. `Studio` films and tracks each person (which gives a clip) and films the true pixels of the garment, or takes both
//    from the cache.
// 2. Node solves the body in each frame of a clip and fits the garment (`runFit`).
// 3. The page draws the garment on these bodies in the compared frames, and compares its pixels with the true pixels.
// 4. For the frame lock (does a room show the very frame whose body it solved?) the page runs a room of the product. If
//    that fails, the other parts still run, and the program ends with an error (`tryPart`).
// 5. Node sums up (`reportFit`) and prints.
// 6. Bodies that are none of the mannequin's presets are filmed and solved without a garment: bodies of another maker
//    (`runStrangers`) and random ones (`runBodies`).
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder } from '../serve.ts';
import { describeMachine } from './describe-machine.ts';
import { EntryExchange } from './entry-exchange.ts';
import { FIRST_FRAME, FitBenchmark } from './fit-benchmark.ts';
import type { FitOptions, FitPart } from './fit-options.ts';
import type { FitRun } from './fit-run.ts';
import { fitScene, OTHER_LENS_DEGREES } from './fit-scene.ts';
import { allowGarmentsInNode } from './load-piece.ts';
import { openBench } from './open-bench.ts';
import type { FitScene } from './page/fit-person.ts';
import { printFitCase, printFitHead, printFitReport, printThirdParty } from './print-fit.ts';
import type { BodiesReport } from './report-bodies.ts';
import { type FitCase, type FitReport, reportFit } from './report-fit.ts';
import { tryPart } from './try-part.ts';
import { writePicture } from './write-picture.ts';

/** The figures that `--json` writes. */
export interface FitResult extends FitReport {
  /** Random bodies; null if none were asked for. */
  bodies: BodiesReport | null;
  /** Bodies of another maker; null without the data. */
  strangers: BodiesReport | null;
}

/**
 * What the filmed people wear in the cases with a garment. `exact`: nothing, and true landmarks and mask take the place
 * of the tracker's.
 */
const CASE_CLOTHES = ['none', 'loose', 'exact'] as const;

/** Writes the contact sheet of a run, if it has one, as a PNG file. */
async function writeSheet(name: string, { sheet }: FitRun): Promise<void> {
  if (sheet !== null) await writePicture(name, Buffer.from(sheet, 'base64'));
}

/** Runs the chosen parts of the benchmark, prints each case when it is done, and returns the figures. */
export async function benchFit(options: FitOptions): Promise<FitResult> {
  const { model, parts, motions, shapes, frames } = options;
  const clothes = options.clothes ?? CASE_CLOTHES;
  const mannequin = await committedMannequin();
  const exchange = new EntryExchange();
  allowGarmentsInNode();
  const beganMs = performance.now();
  const has = (part: FitPart): boolean => parts.includes(part);
  return openBench(
    {
      page: 'fit-page',
      programs: (['film-clips', 'film-loose-clips', 'film-garments', 'film-strangers'] as const).map((name) => ({
        name,
        format: 'es',
      })),
      routes: {
        '/garments/': serveFiles(`${dataFolder}/garments`),
        '/bodies/': serveFiles(`${dataFolder}/bodies`),
        '/entries/': exchange.route,
      },
    },
    async (bench) => {
      console.log(`\n${await describeMachine(bench.browser, bench.page)}`);
      console.log(
        `model ${model}, engine wasm; ${fitScene.width} × ${fitScene.height}, ${fitScene.fps} fps, noise ${fitScene.noise}, sway ${1000 * fitScene.swayMetres} mm, filmed by the lens that the room assumes; ${frames} frames, counted from frame ${FIRST_FRAME} on; bodies are solved and timed in Node\n`,
      );
      const benchmark = new FitBenchmark(options, mannequin, exchange, bench);
      printFitHead();
      const thirdParty = has('thirdParty') ? await benchmark.runThirdParty() : null;
      if (thirdParty) {
        printThirdParty(thirdParty);
        await writeSheet('third-party', thirdParty);
      }
      const cases: FitCase[] = [];
      for (const motion of has('mannequin') ? motions : []) {
        for (const shape of shapes) {
          for (const worn of clothes) {
            const isExact = worn === 'exact';
            const scene: FitScene = { ...fitScene, motion, shape, frames };
            const fitCase = { scene, clothes: isExact ? 'none' : worn, isExact, name: `${motion}-${shape}` } as const;
            const run = await tryPart(`${fitCase.name}-${worn}`, () => benchmark.runCase(fitCase));
            if (run === null) continue;
            cases.push({ motion, shape, clothes: fitCase.clothes, isExact, fps: fitScene.fps, run });
            printFitCase(cases[cases.length - 1], mannequin);
            await writeSheet(`${motion}-${shape}-${worn}`, run);
          }
        }
      }
      const [shape] = shapes;
      if (has('mannequin') && motions.includes('sway') && clothes.includes('none')) {
        const scene = { ...fitScene, motion: 'sway', shape, frames, fovYDegrees: OTHER_LENS_DEGREES } as const;
        const run = await benchmark.runCase({ scene, clothes: 'none', name: `sway-${shape}-${OTHER_LENS_DEGREES}` });
        printFitCase({ ...scene, clothes: 'none', isExact: false, run }, mannequin, `, ${OTHER_LENS_DEGREES}° lens`);
      }
      const still = has('still') ? await benchmark.runStill(shape) : null;
      const lock = has('lock') ? await tryPart('lock', () => benchmark.runLock(shape)) : null;
      const sizes = has('sizes') ? await benchmark.fitSizes(shape) : null;
      const report = reportFit({ cases, thirdParty, still, lock, sizes }, mannequin);
      printFitReport(report);
      const strangers = has('strangers') ? await benchmark.runStrangers() : null;
      const bodies = has('bodies') ? await benchmark.runBodies() : null;
      console.log(`${((performance.now() - beganMs) / 1000).toFixed(0)} s in all`);
      return { ...report, strangers, bodies };
    },
  );
}
