// `npm run bench -- fit`: compares drawn garments and solved bodies with the truth, on people whose bodies are known
// exactly.
// 1. `Studio` films and tracks each person and films the true pixels of the garment, or takes both from the cache.
// 2. Node solves the body in each frame of a clip and fits the garment (`runFit`).
// 3. The page draws the garment on these bodies in the compared frames, and compares its pixels with the true pixels.
// 4. For the frame lock the page runs a room of the product.
// 5. Node sums up (`reportFit`) and prints.
import { mkdir, writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { estimateCamera } from '../../src/body/estimate-camera.ts';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { committedMannequin } from '../../tools/mannequin/committed-mannequin.ts';
import { serveFiles } from '../../tools/setup/serve-files.ts';
import { dataFolder, hasFootage } from '../serve.ts';
import { Cache, type Cached } from './cache.ts';
import { callPage } from './call-page.ts';
import type { ClipValue, TrueMasks } from './clip.ts';
import { describeMachine } from './describe-machine.ts';
import { EntryExchange } from './entry-exchange.ts';
import { type FitRun, runFit } from './fit-run.ts';
import { fitSizes } from './fit-sizes.ts';
import { allowGarmentsInNode, loadPiece } from './load-piece.ts';
import { statureOf } from './measure-shape.ts';
import { openBench } from './open-bench.ts';
import type { FilmModel } from './page/film-clips.ts';
import type { FitMotionName } from './page/fit-motions.ts';
import type { FitBench } from './page/fit-page.ts';
import type { Clothes, FitScene } from './page/fit-person.ts';
import { printFitCase, printFitHead, printFitReport, printThirdParty } from './print-fit.ts';
import { type FitCase, type FitReport, reportFit } from './report-fit.ts';
import { Studio } from './studio.ts';

export const fitParts = ['thirdParty', 'mannequin', 'still', 'lock', 'sizes'] as const;
type FitPart = (typeof fitParts)[number];

export interface FitOptions {
  model: FilmModel;
  parts: readonly FitPart[];
  motions: readonly FitMotionName[];
  /** Presets of the mannequin. */
  shapes: readonly string[];
  /**
   * What the person wears below the garment. `exact`: nothing, and the landmarks are the truth instead of a tracker's.
   */
  clothes: readonly ('none' | 'loose' | 'exact')[];
  /** Number of frames of each case. */
  frames: number;
  /** Names of steps of the body solve to leave out. */
  without?: readonly string[];
  /** Whether to write a contact sheet of each case to `e2e/output/bench`. */
  sheets: boolean;
  /** Whether clips and masks may come from the cache. */
  isCacheRead: boolean;
}

const SHEETS = 'e2e/output/bench';
const CACHE = 'e2e/output/cache';
const GARMENT = '/assets/tee.glb';
const THIRD_PARTY_GARMENT = '/garments/male_casualsuit01.glb';
/** The first frame that counts: before it the room still learns the body. */
const FIRST_FRAME = 60;
/** Number of frames of a case whose pixels are compared. */
const COMPARED_FRAMES = 10;
/** Standard deviation of an indoor camera's noise, as a share of white. */
const NOISE = 0.02;
/** Sway of a standing person. */
const SWAY_METRES = 0.002;
/**
 * Vertical angle of the lens. The room cannot know it and assumes one, by which people are filmed. One row with another
 * lens is printed but not counted: a wrong angle displaces the joints in space, while the picture should stay right.
 */
const ASSUMED_LENS_DEGREES = estimateCamera(360, 480, { fovYDegrees: 0, width: 0, height: 0 }).fovYDegrees;
const OTHER_LENS_DEGREES = 42;
/**
 * Small pictures at a low rate, since software draws slowly. At this rate frames 60 to 90 show: arms raised from the
 * sides to overhead, arms crossed, a turn from one side to the other, and the last steps into the picture.
 */
const SCENE = {
  width: 360,
  height: 480,
  fps: 12,
  noise: NOISE,
  swayMetres: SWAY_METRES,
  fovYDegrees: ASSUMED_LENS_DEGREES,
} as const;
const STILL_FRAMES = FIRST_FRAME + 60;
const LOCK_FRAMES = 40;
/** Half the usual size: the frame lock compares frame numbers, not pixels of garments. */
const LOCK_SIZE = { width: 180, height: 240 };
const SIZES = ['S', 'XL'];

async function writeSheet(name: string, { sheet }: FitRun): Promise<void> {
  if (sheet === null) return;
  await mkdir(SHEETS, { recursive: true });
  await writeFile(`${SHEETS}/fit-${name}.png`, Buffer.from(sheet, 'base64'));
}

/** The compared frames of a scene of `count` frames: evenly spaced from the first that counts. */
function comparedFrames(count: number): number[] {
  const every = Math.max(1, Math.floor((count - FIRST_FRAME) / COMPARED_FRAMES));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i >= FIRST_FRAME && (i - FIRST_FRAME) % every === 0);
}

interface Case {
  scene: FitScene;
  clothes: Clothes;
  isExact?: boolean;
  /** Names the entries in the cache. */
  name: string;
}

/** Runs the cases of one benchmark: they share a page, a cache, the mannequin and the garments. */
class FitBenchmark {
  readonly #options: FitOptions;
  readonly #page: Page;
  readonly #studio: Studio;
  readonly #exchange: EntryExchange;
  readonly #url: string;
  readonly #mannequin: Mannequin;
  readonly #pieces = new Map<string, ReturnType<typeof loadPiece>>();

  constructor(
    options: FitOptions,
    mannequin: Mannequin,
    exchange: EntryExchange,
    bench: { page: Page; browser: Browser; url: string; files: Readonly<Record<string, string>> },
  ) {
    const { page, browser, url, files } = bench;
    const cache = new Cache(CACHE, { isRead: options.isCacheRead });
    this.#options = options;
    this.#page = page;
    this.#exchange = exchange;
    this.#studio = new Studio({ page, browserVersion: browser.version(), files, cache, exchange });
    this.#url = url;
    this.#mannequin = mannequin;
  }

  #piece(garment: string): ReturnType<typeof loadPiece> {
    const piece = this.#pieces.get(garment) ?? loadPiece(this.#url + garment, this.#mannequin);
    this.#pieces.set(garment, piece);
    return piece;
  }

  #film({ scene, clothes, isExact = false, name }: Case): Promise<Cached<ClipValue>> {
    return this.#studio.clip(`clip-${name}-${isExact ? 'exact' : clothes}`, {
      scene,
      clothes,
      isExact,
      pictures: comparedFrames(scene.frames),
      stature: statureOf(this.#mannequin, scene.shape),
      model: this.#options.model,
    });
  }

  /** Runs a case: the synthetic person in the project's t-shirt. */
  async runCase(fitCase: Case): Promise<FitRun> {
    const { scene, name } = fitCase;
    const frames = comparedFrames(scene.frames);
    const clip = await this.#film(fitCase);
    const masks = await this.#studio.garmentMasks(`garment-${name}`, {
      scene,
      garment: GARMENT,
      frames,
    });
    return this.#run(clip, masks, { garment: GARMENT, from: FIRST_FRAME, hasNaive: true });
  }

  /**
   * Runs the rendered person and outfit of another maker. Null without the footage, or if the outfit cannot be worn.
   */
  async runThirdParty(): Promise<FitRun | null> {
    if (!hasFootage) return null;
    try {
      const clip = await this.#studio.thirdParty(this.#options.model);
      const from = clip.entry.value.frames[0];
      return await this.#run(clip, clip, { garment: THIRD_PARTY_GARMENT, from, hasNaive: false });
    } catch (cause) {
      console.log(`rendered-male-arms: ${cause instanceof Error ? cause.message : cause}`);
      return null;
    }
  }

  /** Solves the bodies of a person standing still. No pixels are compared. */
  async runStill(shape: string): Promise<FitRun> {
    const scene: FitScene = { ...SCENE, fps: 30, swayMetres: 0, motion: 'still', shape, frames: STILL_FRAMES };
    const clip = await this.#film({ scene, clothes: 'none', name: `still-${shape}` });
    return runFit(clip, null, {
      mannequin: this.#mannequin,
      piece: await this.#piece(GARMENT),
      from: FIRST_FRAME,
      without: this.#options.without,
    });
  }

  /** Runs a room of the product: distances in frames between the picture on show and the solved body. */
  runLock(shape: string): Promise<number[]> {
    const scene: FitScene = { ...SCENE, ...LOCK_SIZE, motion: 'arms', shape, frames: LOCK_FRAMES };
    const stature = statureOf(this.#mannequin, shape);
    return callPage<FitBench, 'lock'>(this.#page, 'lock', scene, GARMENT, { model: this.#options.model, stature });
  }

  /** Fits the t-shirt in each of `SIZES` to the solved body. */
  async fitSizes(shape: string) {
    const scene: FitScene = { ...SCENE, motion: 'sway', shape, frames: Math.max(FIRST_FRAME, this.#options.frames) };
    const { entry } = await this.#film({ scene, clothes: 'none', name: `sway-${shape}` });
    return fitSizes(entry, this.#mannequin, await this.#piece(GARMENT), { sizes: SIZES, count: FIRST_FRAME });
  }

  async #run(
    clip: Cached<ClipValue>,
    masks: Cached<TrueMasks['value']>,
    { garment, from, hasNaive }: { garment: string; from: number; hasNaive: boolean },
  ): Promise<FitRun> {
    return runFit(clip, masks, {
      mannequin: this.#mannequin,
      piece: await this.#piece(garment),
      from,
      without: this.#options.without,
      hasNaive,
      compare: (bodies) =>
        this.#exchange.offer([clip.entry, masks.entry], ([clipId, masksId]) =>
          callPage<FitBench, 'compare'>(this.#page, 'compare', clipId, masksId, {
            garment,
            bodies,
            hasSheet: this.#options.sheets,
          }),
        ),
    });
  }
}

/** Runs the chosen parts of the benchmark, prints each case when it is done, and returns the figures. */
export async function benchFit(options: FitOptions): Promise<FitReport> {
  const { model, parts, motions, shapes, clothes, frames } = options;
  const mannequin = await committedMannequin();
  const exchange = new EntryExchange();
  allowGarmentsInNode();
  const beganMs = performance.now();
  const has = (part: FitPart): boolean => parts.includes(part);
  return openBench(
    {
      page: 'fit-page',
      programs: [
        { name: 'film-clips', format: 'es' },
        { name: 'film-garments', format: 'es' },
      ],
      routes: { '/garments/': serveFiles(`${dataFolder}/garments`), '/entries/': exchange.route },
    },
    async (bench) => {
      console.log(`\n${await describeMachine(bench.browser, bench.page)}`);
      console.log(
        `model ${model}, engine wasm; ${SCENE.width} × ${SCENE.height}, ${SCENE.fps} fps, noise ${NOISE}, sway ${1000 * SWAY_METRES} mm, filmed by the lens that the room assumes; ${frames} frames, counted from frame ${FIRST_FRAME} on; bodies are solved and timed in Node\n`,
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
            const scene: FitScene = { ...SCENE, motion, shape, frames };
            const fitCase = { scene, clothes: isExact ? 'none' : worn, isExact, name: `${motion}-${shape}` } as const;
            const run = await benchmark.runCase(fitCase);
            cases.push({ motion, shape, clothes: fitCase.clothes, isExact, fps: SCENE.fps, run });
            printFitCase(cases[cases.length - 1], mannequin);
            await writeSheet(`${motion}-${shape}-${worn}`, run);
          }
        }
      }
      const [shape] = shapes;
      if (has('mannequin') && motions.includes('sway') && clothes.includes('none')) {
        const scene: FitScene = { ...SCENE, motion: 'sway', shape, frames, fovYDegrees: OTHER_LENS_DEGREES };
        const run = await benchmark.runCase({ scene, clothes: 'none', name: `sway-${shape}-${OTHER_LENS_DEGREES}` });
        printFitCase({ ...scene, clothes: 'none', isExact: false, run }, mannequin, `, ${OTHER_LENS_DEGREES}° lens`);
      }
      const still = has('still') ? await benchmark.runStill(shape) : null;
      const lock = has('lock') ? await benchmark.runLock(shape) : null;
      const sizes = has('sizes') ? await benchmark.fitSizes(shape) : null;
      const report = reportFit({ cases, thirdParty, still, lock, sizes }, mannequin);
      printFitReport(report);
      console.log(`${((performance.now() - beganMs) / 1000).toFixed(0)} s in all`);
      return report;
    },
  );
}
