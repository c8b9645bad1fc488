import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Flags for a browser without window, questions and connections of its own. Where there is no GPU it draws with
 * SwiftShader.
 */
const FLAGS = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
  '--mute-audio',
];
/** The last lines of the browser's log that are kept for a message. */
const LOG_LINES = 4;

/** A browser that shows a page. */
export interface OpenBrowser {
  /** Resolves when the browser has ended, by itself or by `close`, to the last lines that it logged. */
  ended: Promise<string>;
  /** Ends it, and removes what it kept. */
  close(): Promise<void>;
}

/** Opens `url` in the browser at `path` (Chrome, Chromium or Edge), without a window, with an empty profile. */
export async function openBrowser(path: string, url: string): Promise<OpenBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'fitting-room-preview-'));
  // As root, in a container for instance, Chromium starts only without its sandbox; the page is ours.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const flags = [...FLAGS, ...(isRoot ? ['--no-sandbox'] : []), `--user-data-dir=${profile}`];
  const child = spawn(path, [...flags, url], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (bytes: Buffer) => {
    log = `${log}${bytes}`
      .split('\n')
      .slice(-LOG_LINES - 1)
      .join('\n');
  });
  const ended = new Promise<string>((resolve) => {
    child.on('error', ({ message }) => resolve(message));
    child.on('close', () => resolve(log.trim()));
  });
  return {
    ended,
    async close() {
      child.kill('SIGKILL');
      await ended;
      // Its other processes may still write for a moment.
      await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
