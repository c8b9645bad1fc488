import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Usual paths of Chrome, Chromium and, last, Edge on this system. */
function usualPaths() {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === 'win32') {
    const folders = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
    const programs = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    return programs.flatMap((program) => folders.filter(Boolean).map((folder) => join(folder, program)));
  }
  const names = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge'];
  return names.flatMap((name) => ['/usr/bin', '/usr/local/bin'].map((folder) => join(folder, name)));
}

/** Returns whether the file is a browser: on some systems it only prints how to install one. */
export function isBrowser(path) {
  if (!existsSync(path)) return false;
  return process.platform === 'win32' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * Returns the path of Chrome, Chromium or Edge on this machine, or null. The environment variable `CHROME_PATH` names
 * another; throws if that does not start.
 */
export function findSystemBrowser() {
  const named = process.env.CHROME_PATH;
  if (!named) return usualPaths().find(isBrowser) ?? null;
  if (!isBrowser(named)) throw new Error(`CHROME_PATH is ${named}, which does not start: name a Chrome or Chromium`);
  return named;
}
