// `npm run bench -- fit`: how well garments sit on people of whom everything is known.
// 1. `Studio` films and tracks each person, or takes the clip from the cache; so with the true pixels of the garment.
// 2. Node solves the bodies of a clip and fits the garment (`runFit`).
// 3. The page draws the garment on these bodies, in the frames that are compared, and compares its alpha with the truth.
// 4. The frame lock alone needs a room of the product: the page runs one.
// 5. Node sums up and prints.
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
import { filmPrograms } from './film-key.ts';
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
  /** What the person wears below the garment; `exact`: nothing, and landmarks are the truth. */
  clothes: readonly ('none' | 'loose' | 'exact')[];
  /** Of each case. */
  frames: number;
  /** Contact sheets of every case in `e2e/output/bench`. */
  sheets: boolean;
  /** Whether clips and masks may come from the cache. */
  isCacheRead: boolean;
}

const SHEETS = 'e2e/output/bench';
const CACHE = 'e2e/output/cache';
const GARMENT = '/assets/tee.glb';
const THIRD_PARTY_GARMENT = '/garments/male_casualsuit01.glb';
/** The first frame that counts: until then the body is learned. */
const FROM = 60;
/** Frames of a case that are compared pixel by pixel. */
const COMPARED = 10;
/** Noise of an indoor camera; a person who stands is never quite still. */
const NOISE = 0.02;
const SWAY_METRES = 0.002;
/** Vertical angle of the lens, degrees; a row of another lens is printed only: joints in space go by the lens, what is seen should not. */
const ASSUMED_LENS_DEGREES = estimateCamera(360, 480, { fovYDegrees: 0, width: 0, height: 0 }).fovYDegrees;
const OTHER_LENS_DEGREES = 42;
/**
 * Small pictures and few a second: drawing by software takes its time by the pixel. At this rate frames 60 to 90 see arms raised
 * from the sides to overhead, arms crossed, a turn from one side to the other and the last steps into the picture.
 */
const SCENE = {
  width: 360,
  height: 480,
  fps: 12,
  noise: NOISE,
  swayMetres: SWAY_METRES,
  fovYDegrees: ASSUMED_LENS_DEGREES,
} as const;
const STILL_FRAMES = FROM + 60;
const LOCK_FRAMES = 40;
/** Half the usual: the row tells frames apart, no pixels of garments. */
const LOCK_SIZE = { width: 180, height: 240 };
const SIZES = ['S', 'XL'];

async function writeSheet(name: string, { sheet }: FitRun): Promise<void> {
  if (sheet === null) return;
  await mkdir(SHEETS, { recursive: true });
  await writeFile(`${SHEETS}/fit-${name}.png`, Buffer.from(sheet, 'base64'));
}

/** Frames of a scene that are compared. */
function comparedFrames(count: number): number[] {
  const every = Math.max(1, Math.floor((count - FROM) / COMPARED));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i >= FROM && (i - FROM) % every === 0);
}

interface Case {
  scene: FitScene;
  clothes: Clothes;
  isExact?: boolean;
  /** Of the files in the cache. */
  name: string;
}

/** What all cases of one benchmark share. */
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

  /** A synthetic person in the project's garment. */
  async see(one: Case): Promise<FitRun> {
    const frames = comparedFrames(one.scene.frames);
    const clip = await this.#film(one);
    const masks = await this.#studio.garmentMasks(`garment-${one.name}`, {
      scene: one.scene,
      garment: GARMENT,
      frames,
    });
    return this.#run(clip, masks, { garment: GARMENT, from: FROM, hasNaive: true });
  }

  /** The other maker's person and outfit; null where they are not at hand or cannot be dressed. */
  async seeThirdParty(): Promise<FitRun | null> {
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

  /** A person who stands still: bodies only. */
  async seeStill(shape: string): Promise<FitRun> {
    const scene: FitScene = { ...SCENE, fps: 30, swayMetres: 0, motion: 'still', shape, frames: STILL_FRAMES };
    const clip = await this.#film({ scene, clothes: 'none', name: `still-${shape}` });
    return runFit(clip, null, { mannequin: this.#mannequin, piece: await this.#piece(GARMENT), from: FROM });
  }

  lock(shape: string): Promise<number[]> {
    const scene: FitScene = { ...SCENE, ...LOCK_SIZE, motion: 'arms', shape, frames: LOCK_FRAMES };
    const stature = statureOf(this.#mannequin, shape);
    return callPage<FitBench, 'lock'>(this.#page, 'lock', scene, GARMENT, { model: this.#options.model, stature });
  }

  async sizes(shape: string) {
    const scene: FitScene = { ...SCENE, motion: 'sway', shape, frames: Math.max(FROM, this.#options.frames) };
    const { entry } = await this.#film({ scene, clothes: 'none', name: `sway-${shape}` });
    return fitSizes(entry, this.#mannequin, await this.#piece(GARMENT), { sizes: SIZES, count: FROM });
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

/** How well garments sit on people of whom everything is known. */
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
      programs: filmPrograms.map((name) => ({ name, format: 'es' })),
      routes: { '/garments/': serveFiles(`${dataFolder}/garments`), '/entries/': exchange.route },
    },
    async (bench) => {
      console.log(`\n${await describeMachine(bench.browser, bench.page)}`);
      console.log(
        `model ${model}, engine wasm; ${SCENE.width} × ${SCENE.height}, ${SCENE.fps} fps, noise ${NOISE}, sway ${1000 * SWAY_METRES} mm, filmed by the lens that the room assumes; ${frames} frames, from frame ${FROM} on; bodies are solved and timed in Node\n`,
      );
      const benchmark = new FitBenchmark(options, mannequin, exchange, bench);
      printFitHead();
      const thirdParty = has('thirdParty') ? await benchmark.seeThirdParty() : null;
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
            const one = { scene, clothes: isExact ? 'none' : worn, isExact, name: `${motion}-${shape}` } as const;
            const run = await benchmark.see(one);
            cases.push({ motion, shape, clothes: one.clothes, isExact, fps: SCENE.fps, run });
            printFitCase(cases[cases.length - 1], mannequin);
            await writeSheet(`${motion}-${shape}-${worn}`, run);
          }
        }
      }
      const [shape] = shapes;
      if (has('mannequin') && motions.includes('sway') && clothes.includes('none')) {
        const scene: FitScene = { ...SCENE, motion: 'sway', shape, frames, fovYDegrees: OTHER_LENS_DEGREES };
        const run = await benchmark.see({ scene, clothes: 'none', name: `sway-${shape}-${OTHER_LENS_DEGREES}` });
        printFitCase({ ...scene, clothes: 'none', isExact: false, run }, mannequin, `, ${OTHER_LENS_DEGREES}° lens`);
      }
      const still = has('still') ? await benchmark.seeStill(shape) : null;
      const lock = has('lock') ? await benchmark.lock(shape) : null;
      const sizes = has('sizes') ? await benchmark.sizes(shape) : null;
      const report = reportFit({ cases, thirdParty, still, lock, sizes }, mannequin);
      printFitReport(report);
      console.log(`${((performance.now() - beganMs) / 1000).toFixed(0)} s in all`);
      return report;
    },
  );
}
