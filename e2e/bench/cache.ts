import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type CacheEntry, packEntry, unpackEntry } from './cache-entry.ts';

/** Entries kept for each name: two, so that two branches can be compared without making an entry again and again. */
const ENTRIES_PER_NAME = 2;
/** Hexadecimal digits of a key: 64 bits. */
const KEY_DIGITS = 16;

/**
 * Everything that can change an entry, each under a key of its own: values that JSON can write. An entry is the result
 * of a slow step: a value that JSON can write, with named arrays (masks, landmarks, PNG files).
 */
export type KeyInputs = Readonly<Record<string, unknown>>;

/** An entry of the cache, and where it came from. */
export interface Cached<Value> {
  entry: CacheEntry<Value>;
  /** True: read from the cache. False: made now. */
  isCached: boolean;
}

/** Returns the key of an entry: a hash of its inputs, 16 hexadecimal digits. */
export function keyOf(inputs: KeyInputs): string {
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex').slice(0, KEY_DIGITS);
}

/**
 * A folder of entries that are slow to make and depend only on their inputs. Each is a compressed file
 * `<name>.<key>.gz`. For each name the two entries used last are kept, older ones are removed.
 */
export class Cache {
  readonly #folder: string;
  readonly #isRead: boolean;
  /** Files that this object wrote. */
  readonly #written = new Set<string>();
  /** When an entry was last used, ms since 1970. */
  #usedMs = 0;

  /** `folder`: its path. With `isRead: false` files of earlier runs are ignored: each entry is made once more. */
  constructor(folder: string, { isRead = true } = {}) {
    this.#folder = folder;
    this.#isRead = isRead;
  }

  /**
   * Returns the entry of this name (the beginning of its file's name) and these inputs. Reads it if there is a file,
   * otherwise makes it by `make` and writes it.
   */
  async take<Value>(name: string, inputs: KeyInputs, make: () => Promise<CacheEntry<Value>>): Promise<Cached<Value>> {
    const file = `${this.#folder}/${name}.${keyOf(inputs)}.gz`;
    const cached = this.#isRead || this.#written.has(file) ? await this.#read<Value>(file) : null;
    if (cached) return { entry: cached, isCached: true };
    const entry = await make();
    await mkdir(this.#folder, { recursive: true });
    // Masks shrink to a tenth at the fastest level; PNG files stay as they are.
    await writeFile(file, await promisify(gzip)(packEntry(entry), { level: 1 }));
    this.#written.add(file);
    await this.#touch(file);
    await this.#prune(name);
    return { entry, isCached: false };
  }

  /** Reads a file; null if there is none, or if it is broken because its writing was interrupted. */
  async #read<Value>(file: string): Promise<CacheEntry<Value> | null> {
    try {
      const bytes = await promisify(gunzip)(await readFile(file));
      await this.#touch(file);
      return unpackEntry<Value>(new Uint8Array(bytes));
    } catch {
      return null;
    }
  }

  /** Makes a file the one used last, also when it is used in the same millisecond as the one before. */
  async #touch(file: string): Promise<void> {
    this.#usedMs = Math.max(Date.now(), this.#usedMs + 1);
    await utimes(file, this.#usedMs / 1000, this.#usedMs / 1000);
  }

  /** Removes all but the most recently used files of this name. */
  async #prune(name: string): Promise<void> {
    const files = (await readdir(this.#folder)).filter(
      (file) => file.startsWith(`${name}.`) && file.length === name.length + KEY_DIGITS + '..gz'.length,
    );
    const used = await Promise.all(
      files.map(async (file) => ({ file, usedMs: (await stat(`${this.#folder}/${file}`)).mtimeMs })),
    );
    const old = used.toSorted((a, b) => b.usedMs - a.usedMs).slice(ENTRIES_PER_NAME);
    for (const { file } of old) await rm(`${this.#folder}/${file}`);
  }
}
