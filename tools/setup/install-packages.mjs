import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Reads the packages of a lock file by path; null if the file is missing. */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Returns whether `node_modules` contains what `package-lock.json` lists. npm writes its own record as the last step of
 * an install, so an interrupted install counts as incomplete. Optional packages may be missing: they are for other
 * systems.
 */
function packagesAreInstalled() {
  const wanted = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  if (wanted === null) throw new Error('package-lock.json is missing: run this in the root of the repository');
  if (installed === null) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, link }]) =>
      path === '' ||
      link === true ||
      installed[path]?.version === version ||
      ((optional || devOptional) && !(path in installed)),
  );
}

/** Runs `npm ci` unless all packages are installed. Itself needs no package. */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node ${process.version} is too old: install 20.19 or newer`);
  }
  if (packagesAreInstalled()) return;
  console.log('Installing packages (npm ci) …');
  // Include development packages even if NODE_ENV is production.
  const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}`);
}
