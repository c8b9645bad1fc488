// The parts of `npm run bench -- fit`. Each method is one part:
// 1. a person is filmed and tracked, or the clip (the tracked film) is taken from the cache (`Studio`);
// 2. bodies are solved in Node, and garments drawn on them in the page, or a room of the product (`<fitting-room>`)
//    runs there;
// 3. the result is compared with the truth.
import type { Browser, Page } from 'playwright';
import type { Mannequin } from '../../src/mannequin/mannequin.ts';
import { hasFootage } from '../serve.ts';
import { Cache, type Cached } from './cache.ts';
import { callPage } from './call-page.ts';
import type { ClipValue, TrueMasks } from './clip.ts';
import type { EntryExchange } from './entry-exchange.ts';
import type { FitOptions } from './fit-options.ts';
import { type FitRun, runFit } from './fit-run.ts';
import { bodyScene, fitScene } from './fit-scene.ts';
import { fitSizes } from './fit-sizes.ts';
import type { BodyResult } from './judge-body.ts';
import { loadPiece } from './load-piece.ts';
import { statureOf } from './measure-shape.ts';
import type { FitBench } from './page/fit-page.ts';
import type { Clothes, FitScene } from './page/fit-person.ts';
import { printBodiesHead, printBodiesReport, printBody } from './print-bodies.ts';
import { type BodiesReport, reportBodies } from './report-bodies.ts';
import { runBodies } from './run-bodies.ts';
import { hasStrangers, runStrangers } from './run-strangers.ts';
import { Studio } from './studio.ts';
import { writePicture } from './write-picture.ts';

/** Folder of the cache. */
const CACHE = 'e2e/output/cache';
/** Paths, on the benchmark's server, of the project's t-shirt, and of another maker's outfit. */
const GARMENT = '/assets/tee.glb';
const THIRD_PARTY_GARMENT = '/garments/male_casualsuit01.glb';
/** The first frame that counts: before it the room still learns the body. */
export const FIRST_FRAME = 60;
/** Number of frames of a case whose pixels are compared. */
const COMPARED_FRAMES = 10;
/** Numbers of frames in which a person stands still, and which a room draws for the frame lock. */
const STILL_FRAMES = FIRST_FRAME + 60;
const LOCK_FRAMES = 20;
/** Pixels. Half the usual size: the frame lock (`runLock`) compares frame numbers, not pixels of garments. */
const LOCK_SIZE = { width: 180, height: 240 };
/** Names of the compared sizes of the t-shirt. */
const SIZES = ['S', 'XL'];
/** Presets of the clothes of people without a garment. */
const BODY_CLOTHES = ['none', 'everyday', 'loose'] as const;

/**
 * Returns the numbers of the compared frames of a scene of `count` frames: evenly spaced from the first that counts.
 */
function comparedFrames(count: number): number[] {
  const every = Math.max(1, Math.floor((count - FIRST_FRAME) / COMPARED_FRAMES));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i >= FIRST_FRAME && (i - FIRST_FRAME) % every === 0);
}

/** A person in a motion. `clothes`: preset; `isExact`: landmarks are the truth instead of a tracker's. */
interface Case {
  /** Body, motion, and camera: pixels, frames a second, lens in degrees, noise as a share of white. */
  scene: FitScene;
  clothes: Clothes;
  isExact?: boolean;
  /** Names the entries in the cache. */
  name: string;
}

/** Runs the cases of one benchmark: they share a page, a cache, the mannequin and the garments. */
export class FitBenchmark {
  readonly #options: FitOptions;
  readonly #page: Page;
  readonly #studio: Studio;
  readonly #exchange: EntryExchange;
  readonly #url: string;
  readonly #mannequin: Mannequin;
  readonly #pieces = new Map<string, ReturnType<typeof loadPiece>>();

  /**
   * `mannequin`: the body of which solved bodies are shapes; `exchange`: carries entries between page and Node;
   * `bench`: the open page with its browser, the address of its server, and the built programs (JavaScript text) by
   * file name.
   */
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

  /** Loads the garment at a path of the benchmark's server, once. */
  #piece(garment: string): ReturnType<typeof loadPiece> {
    const piece = this.#pieces.get(garment) ?? loadPiece(this.#url + garment, this.#mannequin);
    this.#pieces.set(garment, piece);
    return piece;
  }

  /** Films and tracks a case; the pictures of the compared frames are kept. */
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

  /** Solves the bodies of a person of the mannequin's preset `shape`, standing still. No pixels are compared. */
  async runStill(shape: string): Promise<FitRun> {
    const scene: FitScene = { ...fitScene, fps: 30, swayMetres: 0, motion: 'still', shape, frames: STILL_FRAMES };
    const clip = await this.#film({ scene, clothes: 'none', name: `still-${shape}` });
    return runFit(clip, null, {
      mannequin: this.#mannequin,
      piece: await this.#piece(GARMENT),
      from: FIRST_FRAME,
      without: this.#options.without,
    });
  }

  /** Films random bodies, solves them and prints their errors. Null if none are asked for. */
  async runBodies(): Promise<BodiesReport | null> {
    const { bodies, clothes } = this.#options;
    if (bodies.count === 0) return null;
    printBodiesHead('random bodies');
    const worn = clothes ? BODY_CLOTHES.filter((name) => clothes.includes(name)) : BODY_CLOTHES;
    return this.#reportBodies(await runBodies({ ...this.#filming(), ...bodies, clothes: worn }));
  }

  /** Films the bodies of another maker, solves them and prints their errors. Null without the data. */
  async runStrangers(): Promise<BodiesReport | null> {
    if (!hasStrangers) return null;
    printBodiesHead('strangers, bodies of another maker');
    return this.#reportBodies(await runStrangers(this.#filming()));
  }

  /** What `runBodies` and `runStrangers` need. */
  #filming() {
    const { model, without, sheets } = this.#options;
    let printedSeconds = this.#studio.filmedSeconds;
    const onResult = async (result: BodyResult, picture: Uint8Array): Promise<void> => {
      const { filmedSeconds } = this.#studio;
      printBody(result, filmedSeconds - printedSeconds);
      printedSeconds = filmedSeconds;
      if (sheets) await writePicture(`${result.name}-${result.framing}-${result.clothes}`, picture);
    };
    return { studio: this.#studio, mannequin: this.#mannequin, model, without, scene: bodyScene, onResult };
  }

  /** Sums up the results and prints the sums; null without results. */
  #reportBodies(results: readonly BodyResult[]): BodiesReport | null {
    if (results.length === 0) return null;
    const report = reportBodies(results);
    printBodiesReport(report);
    return report;
  }

  /**
   * Frame lock: does a room show the very frame whose body it solved? Runs a room on a person of the preset `shape`.
   * Returns for each shown picture how many frames it is away from the frame of the body drawn on it.
   */
  runLock(shape: string): Promise<number[]> {
    const scene: FitScene = { ...fitScene, ...LOCK_SIZE, motion: 'arms', shape, frames: LOCK_FRAMES };
    const stature = statureOf(this.#mannequin, shape);
    return callPage<FitBench, 'lock'>(this.#page, 'lock', scene, GARMENT, { model: this.#options.model, stature });
  }

  /** Fits the t-shirt in each of `SIZES` to the solved body of a person of the preset `shape`: one mesh for each. */
  async fitSizes(shape: string) {
    const scene: FitScene = { ...fitScene, motion: 'sway', shape, frames: Math.max(FIRST_FRAME, this.#options.frames) };
    const { entry } = await this.#film({ scene, clothes: 'none', name: `sway-${shape}` });
    return fitSizes(entry, this.#mannequin, await this.#piece(GARMENT), { sizes: SIZES, count: FIRST_FRAME });
  }

  /**
   * Solves the bodies of a clip, and compares the garment with `masks` (coverage 0..255). `garment`: path of the
   * garment; `from`: number of the first frame that counts; `hasNaive`: whether the naive overlay (`drawNaive`) is
   * compared, too.
   */
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
