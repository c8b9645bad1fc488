import type { Page } from 'playwright';
import { dataFolder } from '../serve.ts';
import type { Cache, Cached } from './cache.ts';
import { callPage } from './call-page.ts';
import type { ClipValue, TrueMasks } from './clip.ts';
import type { EntryExchange } from './entry-exchange.ts';
import { type FilmProgram, filmInputs } from './film-key.ts';
import type { ClipFilm, ClipOptions, FilmModel } from './page/film-clips.ts';
import type { GarmentFilm, GarmentMaskOptions } from './page/film-garments.ts';

export interface StudioOptions {
  page: Page;
  browserVersion: string;
  /** The programs' files by name, as built. */
  files: Readonly<Record<string, string>>;
  cache: Cache;
  exchange: EntryExchange;
}

/**
 * Clips and masks, from the cache or filmed in the page. The key of each is a hash of the bundled program that films it, of
 * the assets that the program reads, of the browser's version and of the options. So a change of the body solve, of the
 * scene or of a comment films nothing anew, and a change of the garment code only the garments' masks.
 */
export class Studio {
  readonly #options: StudioOptions;
  readonly #loaded = new Set<FilmProgram>();

  constructor(options: StudioOptions) {
    this.#options = options;
  }

  /** A scene of the synthetic person, tracked. */
  async clip(name: string, options: ClipOptions): Promise<Cached<ClipValue>> {
    const data = ['assets/mannequin.glb', ...(options.isExact ? [] : ['assets/runtime'])];
    return this.#take(name, 'film-clips', data, options, (id) =>
      callPage<ClipFilm, 'film'>(this.#options.page, 'film', id, options),
    );
  }

  /** The true pixels of a garment on the synthetic person. */
  async garmentMasks(name: string, options: GarmentMaskOptions): Promise<Cached<TrueMasks['value']>> {
    const data = ['assets/mannequin.glb', options.garment.slice(1)];
    return this.#take(name, 'film-garments', data, options, (id) =>
      callPage<GarmentFilm, 'filmGarment'>(this.#options.page, 'filmGarment', id, options),
    );
  }

  /** The rendered clip of another maker's person, tracked, with the true pixels of the outfit. */
  async thirdParty(model: FilmModel): Promise<Cached<ClipValue & TrueMasks['value']>> {
    const data = ['assets/runtime', `${dataFolder}/footage/rendered-male-arms`];
    return this.#take('third-party', 'film-clips', data, { model }, (id) =>
      callPage<ClipFilm, 'thirdParty'>(this.#options.page, 'thirdParty', id, model),
    );
  }

  async #take<Value>(
    name: string,
    program: FilmProgram,
    data: readonly string[],
    options: object,
    film: (id: string) => Promise<void>,
  ): Promise<Cached<Value>> {
    const { files, cache, exchange, browserVersion } = this.#options;
    const inputs = await filmInputs({ program, files, data, browserVersion, options });
    return cache.take<Value>(name, inputs, async () => {
      await this.#load(program);
      return exchange.receive<Value>(film);
    });
  }

  /** Runs a program's module in the page, once. */
  async #load(program: FilmProgram): Promise<void> {
    if (this.#loaded.has(program)) return;
    this.#loaded.add(program);
    await this.#options.page.addScriptTag({ url: `/bench/${program}.js`, type: 'module' });
  }
}
