// Gathers everything on which a filmed clip or mask depends, for its key in the cache: after a change it is filmed
// again.
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { type KeyInputs, keyOf } from './cache.ts';

/**
 * Programs that film: they draw or play a person in the page, and track the pictures. Their bundles hold all code that
 * a clip or a mask depends on, of this project and of its packages.
 */
export type FilmProgram =
  | 'film-clips'
  | 'film-loose-clips'
  | 'film-garments'
  | 'film-pairs'
  | 'film-strangers'
  | 'film-mannequin-pair';

/** A filming, described by all that can change its result. */
export interface Film {
  program: FilmProgram;
  /** The programs' files by name, as built. */
  files: Readonly<Record<string, string>>;
  /** Paths of files and folders that the program reads while it films. */
  data: readonly string[];
  browserVersion: string;
  /** Arguments of the program: scene, clothes, garment and so on. */
  options: object;
}

/** Returns the SHA-256 of a file, or of all files of a folder but hidden ones, in hexadecimal digits. */
async function hashPath(path: string): Promise<string> {
  const hash = createHash('sha256');
  if (!(await stat(path)).isDirectory()) return hash.update(await readFile(path)).digest('hex');
  const names = (await readdir(path)).filter((name) => !name.startsWith('.')).toSorted();
  for (const name of names) hash.update(`${name}:${await hashPath(`${path}/${name}`)};`);
  return hash.digest('hex');
}

/**
 * Returns everything that can change the result of a filming, for the key of a cache entry (the stored result). The
 * code counts as bundled and minified: the bundler follows every import and drops comments and unused code, so a change
 * of those does not change the key.
 */
export async function filmInputs({ program, files, data, browserVersion, options }: Film): Promise<KeyInputs> {
  const code = Object.entries(files)
    .filter(([file]) => file.startsWith(program))
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hashes = await Promise.all(data.map(hashPath));
  return { browserVersion, code: keyOf(Object.fromEntries(code)), hashes, options };
}
