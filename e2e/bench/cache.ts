import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type CacheEntry, packEntry, unpackEntry } from './cache-entry.ts';

/** Entries of one name that are kept, the latest used first: two, so that two branches can be compared without making anything twice. */
const KEPT = 2;
/** Hexadecimal digits of a key: 64 bits. */
const KEY_DIGITS = 16;

/** What an entry was made from: text, or a value that JSON can write. All that can change the entry must be named. */
export type KeyInputs = Readonly<Record<string, unknown>>;

export interface Cached<Value> {
  entry: CacheEntry<Value>;
  /** Whether it was read rather than made. */
  isCached: boolean;
}

/** Hashes named inputs. */
export function keyOf(inputs: KeyInputs): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, KEY_DIGITS);
}

/**
 * Keeps what takes long to make and comes out the same from the same inputs, in files `<name>.<key>.gz`, where the key is a
 * hash of the inputs. At most two entries of one name are kept, those last used.
 */
export class Cache {
  readonly #folder: string;
  readonly #isRead: boolean;
  /** Files that this cache wrote. */
  readonly #written = new Set<string>();

  /** `isRead: false` makes every entry anew, once, and replaces what is kept. */
  constructor(folder: string, { isRead = true } = {}) {
    this.#folder = folder;
    this.#isRead = isRead;
  }

  /** The entry `name` as made from `inputs`: read where it is kept, otherwise made by `make` and written. */
  async take<Value>(name: string, inputs: KeyInputs, make: () => Promise<CacheEntry<Value>>): Promise<Cached<Value>> {
    const file = `${this.#folder}/${name}.${keyOf(inputs)}.gz`;
    const kept = this.#isRead || this.#written.has(file) ? await this.#read<Value>(file) : null;
    if (kept) return { entry: kept, isCached: true };
    const entry = await make();
    await mkdir(this.#folder, { recursive: true });
    // Masks shrink to a tenth at the fastest level; PNG files stay as they are.
    await writeFile(file, await promisify(gzip)(packEntry(entry), { level: 1 }));
    this.#written.add(file);
    await this.#prune(name);
    return { entry, isCached: false };
  }

  /** Null where no file is, or one that was not written to its end. */
  async #read<Value>(file: string): Promise<CacheEntry<Value> | null> {
    try {
      const bytes = await promisify(gunzip)(await readFile(file));
      await utimes(file, new Date(), new Date());
      return unpackEntry<Value>(new Uint8Array(bytes));
    } catch {
      return null;
    }
  }

  async #prune(name: string): Promise<void> {
    const files = (await readdir(this.#folder)).filter(
      (file) => file.startsWith(`${name}.`) && file.length === name.length + KEY_DIGITS + '..gz'.length,
    );
    const used = await Promise.all(
      files.map(async (file) => ({ file, usedMs: (await stat(`${this.#folder}/${file}`)).mtimeMs })),
    );
    const old = used.toSorted((a, b) => b.usedMs - a.usedMs).slice(KEPT);
    for (const { file } of old) await rm(`${this.#folder}/${file}`);
  }
}
