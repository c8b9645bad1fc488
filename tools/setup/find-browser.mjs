import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Runs a command with its output shown, and returns whether it succeeds. */
function run(command, ...args) {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}

/** Runs a command with its output hidden, and returns whether it succeeds. */
function runSilently(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Usual paths of Chrome and Chromium on this system. */
function usualPaths() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    return [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
      .filter(Boolean)
      .map((folder) => join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];
  return ['/usr/bin', '/usr/local/bin'].flatMap((folder) => names.map((name) => join(folder, name)));
}

/** Returns whether the file is a browser: on some systems it only prints how to install one. */
function starts(path) {
  return existsSync(path) && (process.platform === 'win32' || runSilently(path, '--version'));
}

/**
 * Resolves to the path of Chrome or Chromium on this machine, or null. The environment variable `CHROME_PATH` names
 * another.
 */
export async function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!starts(named)) throw new Error(`CHROME_PATH is ${named}, which does not start: name a Chrome or Chromium`);
    return named;
  }
  const { chromium } = await import('playwright');
  return [...usualPaths(), chromium.executablePath()].find(starts) ?? null;
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
