import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The packages that a lock file names, path → version; null when there is no such file. */
function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null;
  }
}

/**
 * Whether `node_modules` holds what `package-lock.json` asks for. npm leaves its own record of what it installed, as
 * the last step of an install, so an interrupted one is found out too. Optional packages are those of other systems.
 */
function packagesInStep() {
  const wanted = readLock('package-lock.json');
  const installed = readLock('node_modules/.package-lock.json');
  if (wanted === null) throw new Error('package-lock.json is missing: this must run in the root of the repository');
  if (installed === null) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional, link }]) =>
      path === '' ||
      link === true ||
      installed[path]?.version === version ||
      ((optional || devOptional) && !(path in installed)),
  );
}

/** Runs `npm ci` unless everything is there already. Needs nothing but Node. */
export function installPackages() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Node 20.19 or newer is needed, this is ${process.version}`);
  }
  if (packagesInStep()) return;
  console.log('Installing packages (npm ci) …');
  // Development packages are needed even where NODE_ENV says production.
  const { status, error } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ci failed${error ? `: ${error.message}` : ''}`);
}
