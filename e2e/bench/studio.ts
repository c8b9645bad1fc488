import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { Page } from 'playwright';
import { dataFolder } from '../serve.ts';
import { type Cache, type Cached, keyOf } from './cache.ts';
import { callPage } from './call-page.ts';
import type { ClipValue, TrueMasks } from './clip.ts';
import type { EntryExchange } from './entry-exchange.ts';
import type { ClipFilm, ClipOptions, FilmModel } from './page/film-clips.ts';
import type { GarmentFilm, GarmentMaskOptions } from './page/film-garments.ts';

/** Programs that film: their bundles hold all code that a clip or a mask depends on, of this project and of its packages. */
export const filmPrograms = ['film-clips', 'film-garments'] as const;
type FilmProgram = (typeof filmPrograms)[number];

export interface StudioOptions {
  page: Page;
  browserVersion: string;
  /** The programs' files by name, as built. */
  files: Readonly<Record<string, string>>;
  cache: Cache;
  exchange: EntryExchange;
}

/** Hash of a file, or of all files of a folder but hidden ones. */
async function hashPath(path: string): Promise<string> {
  const hash = createHash('sha256');
  if (!(await stat(path)).isDirectory()) return hash.update(await readFile(path)).digest('hex');
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted();
  for (const name of names) hash.update(`${name}:${await hashPath(`${path}/${name}`)};`);
  return hash.digest('hex');
}

/**
 * Clips and masks, from the cache or filmed in the page. The key of each is a hash of the bundled program that films it, of
 * the assets that the program reads, of the browser's version and of the options. So a change of the body solve, of the
 * scene or of a comment films nothing anew, and a change of the garment code only the garments' masks.
 */
export class Studio {
  readonly #options: StudioOptions;
  readonly #hashes = new Map<string, Promise<string>>();
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
    const code = Object.entries(files)
      .filter(([file]) => file.startsWith(program))
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    const hashes = await Promise.all(data.map((path) => this.#hash(path)));
    const inputs = { browserVersion, code: keyOf(Object.fromEntries(code)), hashes, options };
    return cache.take<Value>(name, inputs, async () => {
      await this.#load(program);
      return exchange.receive<Value>(film);
    });
  }

  #hash(path: string): Promise<string> {
    const known = this.#hashes.get(path) ?? hashPath(path);
    this.#hashes.set(path, known);
    return known;
  }

  /** Runs a program's module in the page, once. */
  async #load(program: FilmProgram): Promise<void> {
    if (this.#loaded.has(program)) return;
    this.#loaded.add(program);
    await this.#options.page.addScriptTag({ url: `/bench/${program}.js`, type: 'module' });
  }
}
