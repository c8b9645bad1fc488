import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Tarballs } from './make-shop.ts';

/** Limits for `fitting-room`, bytes: of what npm downloads, and of what it then unpacks. */
const MAX_TARBALL_BYTES = 20e6;
const MAX_INSTALL_BYTES = 40e6;

/** One file of a tarball. */
interface PackedFile {
  path: string;
}

/** What `npm pack --json` says of a tarball. */
interface Packed {
  name: string;
  filename: string;
  size: number;
  unpackedSize: number;
  files: PackedFile[];
}

/** A check of the packed package, and what it found. */
export interface PackageCheck {
  name: string;
  faults: string[];
}

function run(command: string, args: readonly string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { status, output: `${stdout}${stderr}`.trim() };
}

/** Packs a folder with `npm pack` into `target`. */
function pack(folder: string, target: string): Packed {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', folder, '--json', '--pack-destination', target], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack ${folder} fails: ${stderr}`);
  return Object.values(JSON.parse(stdout) as Packed[])[0];
}

/** Runs a checker from the registry; its output is the fault when it fails. */
function checker(name: string, args: readonly string[]): PackageCheck {
  const { status, output } = run('npx', ['--yes', ...args]);
  return { name, faults: status === 0 ? [] : [output] };
}

/**
 * Packs both packages of the last build into `target` (a path), and checks that of everybody: its weight, that no test
 * is in it, that the links of its README lead to files in it, and that publint and "are the types wrong" find nothing.
 * `isQuick` leaves the last two out.
 *
 * The types are checked for bundlers and ES modules only: the package has no CommonJS.
 */
export function packPackages(target: string, isQuick: boolean): { tarballs: Tarballs; checks: PackageCheck[] } {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const packed = ['.', './dist-extras'].map((folder) => pack(folder, target));
  const tarballs = Object.fromEntries(packed.map(({ name, filename }) => [name, join(target, filename)]));
  const [main] = packed;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const weight = `fitting-room: tarball ${megabytes(main.size)}, installed ${megabytes(main.unpackedSize)}`;
  const tests = main.files.filter(({ path }) => /test/.test(path)).map(({ path }) => `${path} is for tests`);
  const paths = new Set(main.files.map(({ path }) => path));
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path);
  const broken = links
    .filter((path) => !paths.has(path))
    .map((path) => `README.md links to ${path}, which is not in it`);
  const checks: PackageCheck[] = [
    {
      name: weight,
      faults: [
        ...(main.size > MAX_TARBALL_BYTES ? [`the tarball may weigh ${megabytes(MAX_TARBALL_BYTES)}`] : []),
        ...(main.unpackedSize > MAX_INSTALL_BYTES ? [`installed it may weigh ${megabytes(MAX_INSTALL_BYTES)}`] : []),
        ...tests,
        ...broken,
      ],
    },
  ];
  const tarball = tarballs['fitting-room'];
  if (!isQuick) {
    checks.push(checker('publint', ['publint', 'run', tarball, '--strict']));
    checks.push(checker('are the types wrong', ['@arethetypeswrong/cli', tarball, '--profile', 'esm-only']));
  }
  return { tarballs, checks };
}
