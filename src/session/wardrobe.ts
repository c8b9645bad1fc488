import type { Outfit, OutfitPiece } from '../cloth/create-outfit.ts';
import type { FittingError } from '../errors.ts';
import type { Garment, GarmentFit, WornGarment } from '../garment/garment.ts';
import type { LoadGarmentOptions } from '../garment/load-garment.ts';
import type { Mannequin } from '../mannequin/mannequin.ts';
import { yieldToEventLoop } from '../math/yield-to-event-loop.ts';
import type { Pulse } from '../pulse.ts';
import { adoptGarment } from './adopt-garment.ts';
import { checkGarmentUrl } from './check-garment-url.ts';
import { chooseSize } from './choose-size.ts';
import { findCause } from './find-cause.ts';
import type { GarmentRequest } from './garment-request.ts';
import { NO_GARMENTS } from './state.ts';
import { swatchColor } from './swatch-color.ts';
import { toFittingError } from './to-fitting-error.ts';
import { areSameEntries, describeEntry, type WardrobeEntry } from './wardrobe-entry.ts';

/** The functions that load and fit garments. They are injected, because a page loads them only at the first start. */
export interface WardrobeStages {
  loadGarment: (url: string, options: LoadGarmentOptions) => Promise<Garment>;
  createGarmentFit: (garment: Garment) => GarmentFit;
  createOutfit: (mannequin: Mannequin, warn: (text: string) => void) => Outfit;
}

/** What a `Wardrobe` needs, and how it reports. */
export interface WardrobeOptions {
  stages: WardrobeStages;
  /** The body model, whose bones move the garments' vertices and whose shapes they are fitted to. */
  mannequin: Mannequin;
  /** URL of the folder with the room's files, with a trailing slash. */
  assets: string;
  /** Of everything that the room downloads. */
  pulse?: Pulse;
  /** `entries` or `worn` has changed. */
  onChange: () => void;
  /** A file failed; `id`: of the first request for it. */
  onError: (error: FittingError, id: string) => void;
  /** Bytes of one file loaded so far, and in all (0: unknown). */
  onProgress: (url: string, loaded: number, total: number) => void;
}

/** One garment file. It is loaded once, even when several requests name it. */
interface LoadedGarment {
  abort: AbortController;
  /** Resolves when it is loaded or has failed. */
  done: Promise<void>;
  garment: Garment | null;
  swatches: (string | null)[];
  error: FittingError | null;
}

/**
 * One request, whose `src` is the file of the wanted size, the garment as it is worn, and its fitted geometry; the last
 * two are null until a file is loaded. While the file of another size is loaded they are those of the size before.
 */
interface Wearing {
  request: GarmentRequest;
  worn: WornGarment | null;
  fit: GarmentFit | null;
}

/** Creates a wardrobe, empty. */
export function createWardrobe(options: WardrobeOptions): Wardrobe {
  return new Wardrobe(options);
}

/**
 * Loads the garments that the page wants worn and keeps them fitted to the shopper's body.
 *
 * 1. `wear` sets the requests and loads each file once; a file that fails stops no other. What was worn before stays
 *    until all that replaces it is loaded or has failed;
 * 2. a garment without the wanted size is worn in the nearest, without the wanted colour in its first; with one
 *    warning;
 * 3. `outfit` fits all worn garments to the body in a frame.
 */
export class Wardrobe {
  /** The worn garments as cloth: it fits them to the body of each frame. */
  readonly outfit: Outfit;
  readonly #options: WardrobeOptions;
  readonly #files = new Map<string, LoadedGarment>();
  readonly #warned = new Set<string>();
  #wearings: Wearing[] = [];
  /** What was worn before, and is no longer wanted, until the files of all requests are loaded or have failed. */
  #leaving: Wearing[] = [];
  /** The files to keep when they are not worn; null: all. */
  #kept: ReadonlySet<string> | null = null;
  #worn: readonly WornGarment[] = [];
  #entries = NO_GARMENTS;

  constructor(options: WardrobeOptions) {
    this.#options = options;
    this.outfit = options.stages.createOutfit(options.mannequin, (text) => this.#warnOnce(text));
  }

  /** The loaded garments with their fits, innermost layer first; a new array after every change. */
  get worn(): readonly WornGarment[] {
    return this.#worn;
  }

  /** What is known of each request, in the order of the requests; a new frozen array after every change. */
  get entries(): readonly WardrobeEntry[] {
    return this.#entries;
  }

  /**
   * Wears `requests` from now on. A file that is not loaded yet appears when it is. A file that failed is loaded again
   * when a request for it is new, or when `again` is set. Resolves when every file is loaded or has failed; never
   * rejects.
   */
  async wear(requests: readonly GarmentRequest[], { again = false }: { again?: boolean } = {}): Promise<void> {
    const wornBefore = [...this.#leaving, ...this.#wearings];
    const before = new Map(wornBefore.map((wearing) => [wearing.request.id, wearing]));
    const asked = new Set<string>();
    this.#wearings = requests.map((wanted) => {
      const request = this.#chooseFile(wanted);
      const known = before.get(request.id);
      const isSame = known?.request.src === request.src;
      if (again || !isSame) asked.add(request.src);
      if (!known || !(isSame || request.files?.some(({ src }) => src === known.request.src)))
        return { request, worn: null, fit: null };
      known.request = request;
      return known;
    });
    this.#leaving = wornBefore.filter((wearing) => wearing.worn && !this.#wearings.includes(wearing));
    const files = this.#wearings.map(({ request }) => {
      if (asked.delete(request.src) && this.#files.get(request.src)?.error) this.#drop(request.src);
      return this.#files.get(request.src) ?? this.#load(request);
    });
    this.#update();
    await Promise.all(files.map((file) => file.done));
  }

  /** Drops files that are neither worn nor in `urls` (absolute). */
  keepOnly(urls: ReadonlySet<string>): void {
    this.#kept = urls;
    const wearings = [...this.#leaving, ...this.#wearings];
    for (const src of this.#files.keys()) {
      const isWorn = wearings.some(({ request, worn }) => request.src === src || worn?.garment.url === src);
      if (!urls.has(src) && !isWorn) this.#drop(src);
    }
  }

  /** Drops all files. */
  dispose(): void {
    this.#wearings = this.#leaving = [];
    this.#worn = [];
    this.#entries = NO_GARMENTS;
    this.outfit.wear([]);
    for (const src of [...this.#files.keys()]) this.#drop(src);
  }

  #load({ id, src }: GarmentRequest): LoadedGarment {
    const { stages, mannequin, assets, pulse, onProgress } = this.#options;
    const abort = new AbortController();
    const file: LoadedGarment = {
      abort,
      done: Promise.resolve(),
      garment: null,
      swatches: [],
      error: null,
    };
    const load = async (): Promise<void> => {
      let garment: Garment | null = null;
      try {
        checkGarmentUrl(id, src);
        garment = await stages.loadGarment(src, {
          mannequin,
          adopt: (bytes) => adoptGarment(bytes, { mannequin, src, assets, pulse, signal: abort.signal }),
          signal: abort.signal,
          pulse,
          onProgress: (loaded, total) => onProgress(src, loaded, total),
        });
        abort.signal.throwIfAborted();
        await this.outfit.prepare(garment, abort.signal);
        const swatches: (string | null)[] = [];
        // Each reads a large picture: in a task of its own, as the rest.
        for (const color of garment.colors) {
          swatches.push(swatchColor(garment, color));
          await yieldToEventLoop();
          abort.signal.throwIfAborted();
        }
        Object.assign(file, { garment, swatches });
        if (garment.warnings.length > 0) this.#warnOnce(`fitting-room: ${src}: ${garment.warnings.join('; ')}`);
      } catch (cause) {
        garment?.dispose();
        if (abort.signal.aborted) return;
        const error = toFittingError(
          cause,
          'garment-invalid',
          `${src} could not be put on. Check it with the Khronos glTF validator and export it again.`,
        );
        file.error = await findCause(error, src);
        if (abort.signal.aborted) return;
        this.#options.onError(file.error, id);
      }
      this.#update();
    };
    this.#files.set(src, file);
    file.done = load();
    return file;
  }

  #drop(src: string): void {
    const file = this.#files.get(src);
    this.#files.delete(src);
    file?.abort.abort();
    file?.garment?.dispose();
  }

  /** Computes `worn` from the requests and the loaded files, passes it to the outfit, and calls `onChange`. */
  #update(): void {
    const worn: WornGarment[] = [];
    const pieces: OutfitPiece[] = [];
    const isWhole = this.#wearings.every(({ request }) => {
      const file = this.#files.get(request.src);
      return file?.garment || file?.error;
    });
    if (isWhole) this.#leaving = [];
    const leaving = new Set(this.#leaving);
    for (const wearing of [...leaving, ...this.#wearings]) {
      const { request } = wearing;
      const loaded = leaving.has(wearing) ? null : this.#files.get(request.src)?.garment;
      const garment = loaded ?? wearing.worn?.garment;
      // What is new comes when what was worn before goes.
      if (!garment || (leaving.size > 0 && !wearing.worn)) continue;
      const isOther = wearing.worn?.garment !== garment;
      if (isOther) wearing.fit = null;
      wearing.fit ??= this.#options.stages.createGarmentFit(garment);
      const { fit } = wearing;
      const file = request.files?.find(({ src }) => src === garment.url);
      // The name of a file's size need not be one of the sizes in the file.
      const held = file
        ? garment.manifest.baseSize
        : this.#sizeFor(request, Object.keys(garment.manifest.sizes), garment.manifest.baseSize);
      const size = file?.size ?? held;
      const color = this.#colorFor(request, garment);
      if (isOther || wearing.worn?.size !== size || wearing.worn.color !== color)
        wearing.worn = { id: request.id, garment, size, color, fit };
      worn.push(wearing.worn);
      pieces.push({ garment, size: held, fit });
    }
    worn.sort((a, b) => a.garment.manifest.layer - b.garment.manifest.layer);
    this.#worn = worn;
    const entries = this.#wearings.map(({ request, worn }) =>
      describeEntry(request, worn, this.#files.get(request.src), this.#files.get(worn?.garment.url ?? request.src)),
    );
    if (!areSameEntries(entries, this.#entries)) this.#entries = Object.freeze(entries);
    this.outfit.wear(pieces);
    this.#options.onChange();
    if (isWhole && this.#kept) this.keepOnly(this.#kept);
  }

  /** Returns which of `sizes` to wear: the wanted one, else the nearest, with a console warning. */
  #sizeFor({ id, size }: GarmentRequest, sizes: readonly string[], base: string): string {
    const chosen = chooseSize(sizes, size, base);
    if (size && chosen.toLowerCase() !== size.trim().toLowerCase())
      this.#warnOnce(`fitting-room: "${id}" has no size "${size}" (it has ${sizes.join(', ')}); showing ${chosen}.`);
    return chosen;
  }

  /** Replaces `src` of a garment with one file a size by the file of the wanted size. */
  #chooseFile(request: GarmentRequest): GarmentRequest {
    const { files } = request;
    if (!files) return request;
    if (files.some(({ size }) => size === ''))
      this.#warnOnce(`fitting-room: a <source> of "${request.id}" has no size: write <source size="M" src="…">.`);
    const sizes = files.map(({ size }) => size);
    return { ...request, src: files[sizes.indexOf(this.#sizeFor(request, sizes, sizes[0]))].src };
  }

  /** Returns the colour to wear: the wanted one, else the garment's first, with a warning; null when it has none. */
  #colorFor({ src, color }: GarmentRequest, { colors }: Garment): string | null {
    const chosen = colors.find((name) => name.toLowerCase() === color?.toLowerCase()) ?? colors[0] ?? null;
    if (color && chosen?.toLowerCase() !== color.toLowerCase()) {
      this.#warnOnce(`fitting-room: ${src} has no colour "${color}" (it has ${colors.join(', ') || 'one only'}).`);
    }
    return chosen;
  }

  #warnOnce(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    console.warn(text);
  }
}
