import { resolve } from 'node:path';
import { defineConfig } from 'playwright/test';
// @ts-expect-error plain JavaScript without types: it runs before anything is installed
import { findBrowser } from '../tools/setup/find-browser.mjs';
import { lateOptimization } from './late-optimization.ts';

// Configuration of the browser tests, `npm run e2e`.

// The path of the browser is found once and kept in the environment: each worker process reads this file again. Without
// one Playwright starts its own.
const browserPath = process.env.CHROME_PATH ?? (await findBrowser());
if (browserPath) process.env.CHROME_PATH = browserPath;

/** Files of long tests, or of tests that share a page and run one after the other. */
const LONG = /(accessibility|dressed|engines|losing|offline|recovery|third-party|webgpu)\.e2e\.ts$/;

export default defineConfig({
  testDir: '.',
  // Long ones first: at the end of the run no core waits for the other.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'short', testMatch: '*.e2e.ts', testIgnore: LONG },
  ],
  outputDir: 'output/evidence',
  globalSetup: './serve.ts',
  // Two tests at a time. One page keeps one core busy by drawing and tracking in software, and often waits.
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  // Milliseconds, as all times here.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: resolve('e2e/output/browser.json') }]],
  use: {
    // Software draws every pixel of the window, and every step of an animation.
    viewport: { width: 640, height: 480 },
    contextOptions: { reducedMotion: 'reduce' },
    // Playwright's routes do not see what a service worker answers. The test of the demo's own starts another browser.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    // A trace keeps every byte that a page loads, models included, which takes a fifth of the time. To make one:
    // `npm run e2e -- --trace on`.
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROME_PATH,
      args: [
        '--no-sandbox',
        // WebGL in software where there is no GPU. `--webgl-antialiasing-mode=none` would save a third of a frame's
        // time, but jagged edges change what the tracker finds.
        '--use-gl=angle',
        '--use-angle=swiftshader',
        '--enable-unsafe-swiftshader',
        lateOptimization,
        '--disable-background-networking',
        '--use-fake-device-for-media-stream',
        // The same machine as localhost, but under a name that is no secure context.
        '--host-resolver-rules=MAP fitting.test 127.0.0.1',
      ],
    },
  },
});
