// Gives the benchmarks, which run in Node, their clips (filmed and tracked persons) and true masks of garments.
// 1. `filmInputs` describes a filming by everything that can change its result.
// 2. If the cache holds an entry (a JSON value and named arrays) for these inputs, it is returned.
// 3. Otherwise the filming program is loaded into the page. It films and tracks, and sends the entry to Node.
// 4. If that fails (a tracker or a WebGL context died), the page is loaded anew and the film is made once more.
//
// In the methods `name` names the entry in the cache, and `options` are the arguments of the filming program: person,
// camera, motion, frames. Most results are `Cached`: the entry, and whether it came from the cache. URLs in the options
// begin with `/`: the page's server maps `/assets/` to that folder of the repository.
import type { Page } from 'playwright';
import { dataFolder } from '../serve.ts';
import type { Cache, Cached } from './cache.ts';
import type { CacheEntry } from './cache-entry.ts';
import { callPage } from './call-page.ts';
import type { Clip, ClipValue, TrueMasks } from './clip.ts';
import type { EntryExchange } from './entry-exchange.ts';
import { type FilmProgram, filmInputs } from './film-key.ts';
import type { ClipOptions } from './page/film-clip.ts';
import type { ClipFilm } from './page/film-clips.ts';
import type { GarmentFilm, GarmentMaskOptions } from './page/film-garments.ts';
import type { LooseClipFilm } from './page/film-loose-clips.ts';
import type { MannequinPairFilming, MannequinPairOptions } from './page/film-mannequin-pair.ts';
import type { PairFilming, PairOptions } from './page/film-pairs.ts';
import type { StrangerFilm, StrangerOptions } from './page/film-strangers.ts';
import type { FilmModel } from './page/open-tracker.ts';
import type { PairFilm } from './pair-film.ts';
import { tryTwice } from './try-twice.ts';

/** What a studio films with. */
export interface StudioOptions {
  /** The benchmark's page, in which the programs run, and the version of its browser. */
  page: Page;
  browserVersion: string;
  /** JavaScript text of the built programs by file name. */
  files: Readonly<Record<string, string>>;
  /** Keeps the entries of earlier runs. */
  cache: Cache;
  /** Carries entries from the page to Node and back. */
  exchange: EntryExchange;
}

/**
 * A tracked pair (one person filmed twice in the same motion: in own clothes, and in a garment), and those of its
 * frames of which the true masks are known, each tracked alone, as a photo. (`Clip` and `PairFilm` state their units.)
 */
export interface PairClips {
  film: PairFilm;
  photos: Clip;
}

/**
 * Returns clips of tracked people and true masks of garments: from the cache, or filmed in the page. Their key
 * (`filmInputs`) changes with the bundled program that films, with the files that it reads, with the browser's version
 * and with the options. Code that only solves bodies or draws the room is in none of the programs, so its
 * changes film nothing; code of garments and cloth is in those alone that draw them.
 */
export class Studio {
  readonly #options: StudioOptions;
  readonly #loaded = new Set<FilmProgram>();
  #filmedMs = 0;

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  /** Films and tracks a scene of the synthetic person. `ClipValue` and `createClipArrays` state the units of a clip. */
  async clip(name: string, options: ClipOptions): Promise<Cached<ClipValue>> {
    const data = ['assets/mannequin.glb', ...(options.isExact ? [] : ['assets/runtime'])];
    const { page } = this.#options;
    if (options.clothes === 'loose')
      return this.#take(name, 'film-loose-clips', data, options, (id) =>
        callPage<LooseClipFilm, 'filmLoose'>(page, 'filmLoose', id, options),
      );
    return this.#take(name, 'film-clips', data, options, (id) => callPage<ClipFilm, 'film'>(page, 'film', id, options));
  }

  /** Films the true pixels of a garment on the synthetic person: coverage 0..255 (`TrueMasks`). */
  async garmentMasks(name: string, options: GarmentMaskOptions): Promise<Cached<TrueMasks['value']>> {
    const data = ['assets/mannequin.glb', options.garment.slice(1)];
    return this.#take(name, 'film-garments', data, options, (id) =>
      callPage<GarmentFilm, 'filmGarment'>(this.#options.page, 'filmGarment', id, options),
    );
  }

  /**
   * Tracks the rendered clip of another maker's person by BlazePose's landmark model `model`, and reads the true pixels
   * of the outfit.
   */
  async thirdParty(model: FilmModel): Promise<Cached<ClipValue & TrueMasks['value']>> {
    const data = ['assets/runtime', `${dataFolder}/footage/rendered-male-arms`];
    return this.#take('third-party', 'film-clips', data, { model }, (id) =>
      callPage<ClipFilm, 'thirdParty'>(this.#options.page, 'thirdParty', id, model),
    );
  }

  /**
   * Plays and tracks a pair from its files, whose URLs are in `options`, and gives its frames with masks to the tracker
   * as photos. `folder`: where these files are on the disk, absolute or from the repository's root; a change of one of
   * them makes a new entry.
   */
  async pair(name: string, folder: string, options: PairOptions): Promise<PairClips> {
    return this.#filmPair(name, 'film-pairs', ['assets/runtime', folder], options);
  }

  /** Films and tracks a pair with the synthetic person, and gives its frames with masks to the tracker as photos. */
  async mannequinPair(name: string, options: MannequinPairOptions): Promise<PairClips> {
    const data = ['assets/runtime', 'assets/mannequin.glb', options.garment.slice(1)];
    return this.#filmPair(name, 'film-mannequin-pair', data, options);
  }

  /**
   * Films or plays a pair by `program`, and tracks it as a film and as photos. `data`: files and folders that the
   * program reads, absolute or from the repository's root.
   */
  async #filmPair(
    name: string,
    program: 'film-pairs' | 'film-mannequin-pair',
    data: readonly string[],
    options: PairOptions | MannequinPairOptions,
  ): Promise<PairClips> {
    const { page, exchange } = this.#options;
    const film = await this.#take<PairFilm['value']>(`pair-${name}`, program, data, options, (id) =>
      callPage<PairFilming & MannequinPairFilming, 'pair'>(
        page,
        'pair',
        id,
        options as PairOptions & MannequinPairOptions,
      ),
    );
    const photos = await this.#take<ClipValue>(`photos-${name}`, program, data, options, (id) =>
      exchange.offer([film.entry], ([filmId]) =>
        callPage<PairFilming, 'photos'>(page, 'photos', id, filmId, options.model),
      ),
    );
    return { film: film.entry, photos: photos.entry };
  }

  /** Films and tracks a body of another maker. */
  async stranger(name: string, options: StrangerOptions): Promise<Cached<ClipValue>> {
    const data = ['assets/mannequin.glb', 'assets/runtime', ...options.files.map((file) => dataFolder + file)];
    return this.#take(name, 'film-strangers', data, options, (id) =>
      callPage<StrangerFilm, 'filmStranger'>(this.#options.page, 'filmStranger', id, options),
    );
  }

  /**
   * Returns an entry from the cache; without it, runs `film`, which sends the entry with the given id from the page.
   */
  async #take<Value>(
    name: string,
    program: FilmProgram,
    data: readonly string[],
    options: object,
    film: (id: string) => Promise<void>,
  ): Promise<Cached<Value>> {
    const { files, cache, exchange, browserVersion } = this.#options;
    const inputs = await filmInputs({ program, files, data, browserVersion, options });
    const make = async (): Promise<CacheEntry<Value>> => {
      await this.#load(program);
      return exchange.receive<Value>(film);
    };
    return cache.take<Value>(name, inputs, async () => {
      const startedMs = performance.now();
      try {
        return await tryTwice(name, make, () => this.#reload());
      } finally {
        this.#filmedMs += performance.now() - startedMs;
      }
    });
  }

  /** Wall-clock time of all films made so far, seconds. Entries of the cache take none. */
  get filmedSeconds(): number {
    return this.#filmedMs / 1000;
  }

  /** Loads the page anew, as `openBench` did. */
  async #reload(): Promise<void> {
    const { page } = this.#options;
    this.#loaded.clear();
    await page.reload();
    await page.waitForFunction(() => 'bench' in window);
  }

  /** Loads a program into the page, once. */
  async #load(program: FilmProgram): Promise<void> {
    if (this.#loaded.has(program)) return;
    this.#loaded.add(program);
    await this.#options.page.addScriptTag({ url: `/bench/${program}.js`, type: 'module' });
  }
}
