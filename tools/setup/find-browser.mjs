import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

function run(command, ...args) {
  return spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;
}
function silent(command, ...args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Where Chrome and Chromium live, by system. */
function places() {
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

/** A file alone is no proof: some systems ship a stand-in that only tells how to install the browser. */
function starts(path) {
  return existsSync(path) && (process.platform === 'win32' || silent(path, '--version'));
}

/** The path of a Chrome or Chromium on this machine, or null. `CHROME_PATH` overrules the search. */
export async function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (!starts(named)) throw new Error(`CHROME_PATH names no browser that starts: ${named}`);
    return named;
  }
  const { chromium } = await import('playwright');
  return [...places(), chromium.executablePath()].find(starts) ?? null;
}

/** `apt-get`, as root or by a sudo that asks nothing. */
function aptInstall(name) {
  if (process.platform !== 'linux' || !silent('apt-get', '--version')) return false;
  const root = process.getuid() === 0;
  if (!root && !silent('sudo', '-n', 'true')) return false;
  const apt = (...args) => (root ? run('apt-get', ...args) : run('sudo', '-n', 'apt-get', ...args));
  return apt('update', '-qq') && apt('install', '-y', '-qq', '--no-install-recommends', name);
}

/** Finds a browser, or installs one: the system's Chromium where that is possible, else Playwright's own. */
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
