import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Name of the manifest in a folder. */
export const MANIFEST = 'integrity.json';

/** Lists what a folder contains, so that a copy of it can be checked. */
export interface Manifest {
  /** Version of the package that the files belong to. */
  version: string;
  /** By path in the folder, with slashes: size in bytes, and the hash as HTML's attribute `integrity` wants it. */
  files: Record<string, { bytes: number; integrity: string }>;
}

/** Returns the hash of a file's bytes in the form of HTML's attribute `integrity`. */
function integrityOf(bytes: Uint8Array): string {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}

/** Resolves to the manifest of all files below `folder` (a path), by path; without its own manifest. */
export async function makeManifest(folder: string, version: string): Promise<Manifest> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== MANIFEST)
    .sort();
  const files: Manifest['files'] = {};
  for (const path of paths) {
    const bytes = await readFile(join(folder, path));
    files[path] = { bytes: bytes.length, integrity: integrityOf(bytes) };
  }
  return { version, files };
}

/** Resolves to the manifest in `folder` (a path), or to null if there is none. */
export async function readManifest(folder: string): Promise<Manifest | null> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as Manifest);
}

/**
 * Resolves to the paths of the files that the manifest in `folder` lists and that are missing or changed. Rejects if
 * the folder has no manifest.
 */
export async function findDamage(folder: string): Promise<string[]> {
  const manifest = await readManifest(folder);
  if (!manifest)
    throw new Error(`${join(folder, MANIFEST)} is missing: is this a folder of the fitting room's assets?`);
  const damaged: string[] = [];
  for (const [path, { integrity }] of Object.entries(manifest.files)) {
    const bytes = await readFile(join(folder, path)).catch(() => null);
    if (bytes === null || integrityOf(bytes) !== integrity) damaged.push(path);
  }
  return damaged;
}
