import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Guide } from './read-guide.ts';
import type { Shop } from './shops.ts';

/** The packed packages, by name: paths of `.tgz` files, which take the place of the registry's. */
export type Tarballs = Readonly<Record<string, string>>;

/** What a shop is made of. */
export interface ShopParts {
  shop: Shop;
  guide: Guide;
  tarballs: Tarballs;
  /** Path of the shop's folder. Packages that an earlier run has installed there stay. */
  folder: string;
}

/** Picture for `/icon.svg`, which each page names, so that browsers ask for no other icon. */
const ICON = '<svg xmlns="http://www.w3.org/2000/svg"/>\n';

/** Runs a command line in a folder; throws with what it printed if it fails. */
function run(line: string, folder: string): void {
  // `nice`: the machine has other work.
  const { status, stdout, stderr } = spawnSync(`nice -n 10 ${line}`, {
    cwd: folder,
    shell: true,
    encoding: 'utf8',
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PARCEL_WORKERS: '1', NODE_ENV: undefined, CI: '1' },
  });
  if (status !== 0) throw new Error(`"${line}" fails:\n${`${stdout}\n${stderr}`.trim().slice(-3000)}`);
}

/** Replaces the names of our packages in an `npm install` by the paths of their tarballs. */
function useTarballs(line: string, tarballs: Tarballs): string {
  if (!line.startsWith('npm install ')) return line;
  const words = line.split(/\s+/).map((word) => tarballs[word] ?? word);
  return `${words.join(' ')} --no-audit --no-fund --no-package-lock --prefer-offline --loglevel=error`;
}

/**
 * Makes a shop's folder: installs its framework, writes its own files and those of the guide, and runs the guide's
 * commands and the shop's build. Throws with the output of the command that fails.
 */
export function makeShop({ shop, guide, tarballs, folder }: ShopParts): void {
  mkdirSync(folder, { recursive: true });
  // Everything but installed packages is made anew, so that no file of an earlier guide helps.
  for (const name of ['src', 'app', 'public', 'dist', 'cdn', '.next', '.parcel-cache', 'index.html', 'package.json'])
    rmSync(join(folder, name), { recursive: true, force: true });
  const files = new Map([...Object.entries(shop.files ?? {}), ...guide.files, ['public/icon.svg', ICON]]);
  const description = JSON.parse(files.get('package.json') ?? '{}') as object;
  files.set('package.json', JSON.stringify({ ...description, name: 'shop', private: true, type: 'module' }));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (shop.packages.length > 0) run(useTarballs(`npm install ${shop.packages.join(' ')}`, {}), folder);
  for (const { line, only } of guide.commands)
    if (only === '' || only === shop.name) run(useTarballs(line, tarballs), folder);
  for (const line of shop.commands ?? []) run(line, folder);
}

/** Puts a copy of the shop's pages into `target`, with `from` in their text replaced by `to`. */
export function movePages(source: string, target: string, from: string, to: string): void {
  cpSync(source, target, { recursive: true });
  const index = join(target, 'index.html');
  writeFileSync(index, readFileSync(index, 'utf8').replaceAll(from, to));
}
