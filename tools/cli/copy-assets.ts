import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type AssetChoice, isChosenAsset, replacesAsset } from './asset-groups.ts';
import { findDamage, MANIFEST, type Manifest, readManifest } from './integrity.ts';

/** Path of the assets in both packages. */
const ASSETS = 'assets/';

/** Folders of installed packages: those that hold `integrity.json`. */
export interface PackageFolders {
  /** `dist` of `fitting-room`. */
  main: string;
  /** `dist` of `fitting-room-extras`; null if it is not installed. */
  extras: string | null;
}

/** What is copied, and to where. */
export interface CopyOptions extends AssetChoice {
  /** Path of the folder to write to; it is made where it is missing. */
  target: string;
  /** Whether modules are copied as well: `target` is then laid out as `dist`, with the assets in `target/assets`. */
  modules: boolean;
}

/** The files of a package whose path fulfils `isWanted`. */
interface Share {
  folder: string;
  manifest: Manifest;
  paths: string[];
}

async function shareOf(folder: string, isWanted: (path: string) => boolean): Promise<Share> {
  const manifest = await readManifest(folder);
  if (!manifest) throw new Error(`${join(folder, MANIFEST)} is missing: install the package anew`);
  return { folder, manifest, paths: Object.keys(manifest.files).filter(isWanted) };
}

/** Returns an error that says what to install for a choice. */
function missingExtras(choice: string, version: string): Error {
  return new Error(
    `${choice}: these files are in a package of their own. Run: npm install fitting-room-extras@${version}`,
  );
}

/** Resolves to the chosen files of the extras; null if none is chosen. Rejects if they are not installed. */
async function extrasOf({ extras }: PackageFolders, version: string, options: CopyOptions): Promise<Share | null> {
  const wanted = [
    ...(options.models.includes('heavy') ? ['--models heavy'] : []),
    ...(options.engines.includes('mediapipe') ? ['--engines mediapipe'] : []),
    ...(options.threads ? ['--threads'] : []),
  ].join(', ');
  if (!wanted) return null;
  if (extras === null) throw missingExtras(wanted, version);
  const share = await shareOf(extras, (path) => {
    const asset = path.slice(ASSETS.length);
    const isReplacement = asset === 'runtime/tracking-worker.js' || asset === 'runtime/mediapipe-runtime.js';
    return isReplacement ? replacesAsset(asset, options) : isChosenAsset(asset, options);
  });
  if (share.manifest.version !== version)
    throw new Error(
      `fitting-room is ${version}, fitting-room-extras ${share.manifest.version}: install the same version`,
    );
  return share;
}

/**
 * Copies what a shop must host from the installed packages, and checks each copied file against the packages'
 * manifests.
 *
 * 1. Choose the files of `fitting-room`, and those of the extras that are wanted.
 * 2. Copy them; a file of the extras takes the place of the file of the same path.
 * 3. Write the manifest of the copied files beside them, and read every file again to compare hashes.
 *
 * Resolves to that manifest. Rejects with what to do.
 */
export async function copyAssets(folders: PackageFolders, options: CopyOptions): Promise<Manifest> {
  const { target, modules } = options;
  const main = await shareOf(folders.main, (path) =>
    path.startsWith(ASSETS) ? isChosenAsset(path.slice(ASSETS.length), options) : modules && /^[^/]+\.js$/.test(path),
  );
  const { version } = main.manifest;
  const extras = await extrasOf(folders, version, options);
  const copied: Manifest = { version, files: {} };
  for (const share of [main, extras]) {
    for (const path of share?.paths ?? []) {
      const place = modules ? path : path.slice(ASSETS.length);
      const file = join(target, place);
      await mkdir(dirname(file), { recursive: true });
      await copyFile(join(share!.folder, path), file);
      copied.files[place] = share!.manifest.files[path];
    }
  }
  await writeFile(join(target, MANIFEST), `${JSON.stringify(copied, null, 1)}\n`);
  const damaged = await findDamage(target);
  if (damaged.length > 0) throw new Error(`damaged, install the package anew: ${damaged.join(', ')}`);
  return copied;
}
