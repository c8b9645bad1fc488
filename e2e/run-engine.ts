import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from './engines.ts';
import type { SelfTestReport } from './lab/self-test.ts';

/** How often the server is asked for the report, milliseconds. */
const POLL_MS = 500;

/** Ends a process and those that it has started. */
function end({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/**
 * Starts a virtual display. Resolves to the process and the display's name; to null where the program Xvfb is missing.
 */
function startDisplay(): Promise<{ process: ChildProcess; name: string } | null> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x700x24', '-nolisten', 'tcp'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve) => {
    child.on('error', () => resolve(null));
    child.stdio[3]?.once('data', (number: Buffer) => resolve({ process: child, name: `:${String(number).trim()}` }));
  });
}

/**
 * Opens the page that tests itself in a browser of `engine`, and resolves to its report when all steps have run, or
 * after `timeoutMs`, or when the browser ends. `siteUrl`: origin of the test server. Resolves to the reason, a text,
 * where the browser cannot be started on this machine.
 */
export async function runEngine(
  engine: Engine,
  siteUrl: string,
  timeoutMs: number,
): Promise<{ report: SelfTestReport; log: string } | string> {
  const program = engine.find();
  if (program === null) return `no ${engine.name} here: install ${engine.package}`;
  const display = engine.needsDisplay ? await startDisplay() : null;
  if (engine.needsDisplay && !display) return `no display for ${engine.name} here: install xvfb`;
  const profile = mkdtempSync(join(tmpdir(), `fitting-room-${engine.name}-`));
  const name = `${engine.name}-${process.pid}`;
  const url = `${siteUrl}/e2e/engines.html?name=${name}&${engine.query}&only=${encodeURIComponent(process.env.STEP ?? '')}`;
  const env = { ...process.env, ...engine.env, HOME: profile, ...(display && { DISPLAY: display.name }) };
  const browser = spawn(program, engine.args(profile, url), { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const stream of [browser.stdout, browser.stderr]) stream.on('data', (bytes) => (log += String(bytes)));
  browser.on('error', (error) => (log += error.message));
  const report: SelfTestReport = { steps: [], pictures: {}, isDone: false };
  try {
    const endMs = Date.now() + timeoutMs;
    while (!report.isDone && browser.exitCode === null && Date.now() < endMs) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const response = await fetch(`${siteUrl}/e2e/reports/${name}`);
      if (response.ok) Object.assign(report, await response.json());
    }
  } finally {
    end(browser);
    if (display) end(display.process);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
  return { report, log };
}
