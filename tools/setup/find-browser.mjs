import { spawnSync } from 'node:child_process';
import { findSystemBrowser, isBrowser } from './find-system-browser.mjs';

/** Runs a command with its output shown, and returns whether it succeeds. */
function run(command, ...args) {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Runs a command with its output hidden, and returns whether it succeeds. */
function runSilently(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/**
 * Resolves to the path of Chrome or Chromium on this machine, or null. The environment variable `CHROME_PATH` names
 * another.
 */
export async function findBrowser() {
  const found = findSystemBrowser();
  if (found !== null) return found;
  const { chromium } = await import('playwright');
  return isBrowser(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** Installs a package with `apt-get`, as root or with a sudo that needs no password. Returns whether it succeeded. */
function aptInstall(name) {
  if (process.platform !== 'linux' || !runSilently('apt-get', '--version')) return false;
  const root = process.getuid() === 0;
  if (!root && !runSilently('sudo', '-n', 'true')) return false;
  const apt = (...args) => (root ? run('apt-get', ...args) : run('sudo', '-n', 'apt-get', ...args));
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', name);
}

/**
 * Resolves to the path of a browser, installed if there is none: the system's Chromium where possible, else
 * Playwright's.
 */
export async function provideBrowser() {
  let path = await findBrowser();
  if (path !== null) return path;
  console.log('Installing a browser for the tests …');
  if (aptInstall('chromium')) path = await findBrowser();
  if (path === null && run('npx', 'playwright', 'install', 'chromium')) path = await findBrowser();
  if (path === null) {
    throw new Error('no browser: install Chrome or Chromium, or name one in the environment variable CHROME_PATH');
  }
  return path;
}
