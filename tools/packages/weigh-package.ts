import { spawnSync } from 'node:child_process';

/** What a package weighs, bytes. */
export interface PackageWeight {
  /** What npm downloads. */
  tarballBytes: number;
  /** What npm then unpacks, without the packages that it depends on. */
  installBytes: number;
}

/** Weighs the package in `folder` (a path) as `npm pack` would pack it; writes no file. */
export function weighPackage(folder: string): PackageWeight {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', folder, '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm pack ${folder} fails: ${stderr}`);
  const [{ size, unpackedSize }] = Object.values(
    JSON.parse(stdout) as Record<string, { size: number; unpackedSize: number }>,
  );
  return { tarballBytes: size, installBytes: unpackedSize };
}
