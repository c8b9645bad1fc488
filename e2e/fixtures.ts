// What the browser tests share: pages that are watched for errors, the addresses of the test server, and the lab page.
import { writeFile } from 'node:fs/promises';
import type { Browser, BrowserContext, Page } from 'playwright/test';
import { test as base, expect } from 'playwright/test';

/** Records of a page's console, errors and requests. They grow while the page is open. */
export interface Watch {
  /** Unexpected console errors, uncaught exceptions and violations of the content security policy. */
  readonly complaints: string[];
  /** URLs of requests to other servers than that of the tests. */
  readonly foreign: string[];
  /** All console messages, as `type: text`. */
  readonly log: string[];
  /** From now on, leaves errors whose text matches `pattern` out of `complaints`, because the test provokes them. */
  expect(pattern: RegExp): void;
}

/** Starts to record the console messages, uncaught exceptions and requests of `page`. */
export function watchPage(page: Page): Watch {
  const complaints: string[] = [];
  const foreign: string[] = [];
  const log: string[] = [];
  const expected: RegExp[] = [];
  const complain = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on('console', (message) => {
    log.push(`${message.type()}: ${message.text()}`);
    if (message.type() === 'error') complain(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complain(`exception: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    if (![siteUrl(), insecureUrl(), isolatedUrl()].includes(new URL(request.url()).origin)) foreign.push(request.url());
  });
  return { complaints, foreign, log, expect: (pattern) => void expected.push(pattern) };
}

/** The origin of the test server, `http://localhost:PORT`, from FITTING_E2E_URL, which `serve.ts` sets. */
export function siteUrl(): string {
  const url = process.env.FITTING_E2E_URL;
  if (url === undefined) throw new Error('the browser tests have no server: run them by `npm run e2e`');
  return url;
}

/** The same server under a host name that is no secure context (see the flags in `playwright.config.ts`). */
export function insecureUrl(): string {
  return siteUrl().replace('localhost', 'fitting.test');
}

/** The same server under a host name whose pages are cross-origin isolated (see `serve.ts`). */
export function isolatedUrl(): string {
  return siteUrl().replace('localhost', 'isolated.localhost');
}

/** The context of `openPage` in this worker process; null before its first call. */
let context: BrowserContext | null = null;

/**
 * Opens a page for a test; the caller closes it. All pages share one context, with its cache: a context of its own
 * opens a browser window, whose toolbar takes as much time as the page. A blank page keeps that window open.
 */
export async function openPage(browser: Browser): Promise<Page> {
  if (context === null) {
    context = await browser.newContext();
    await context.newPage();
  }
  return context.newPage();
}

/**
 * Playwright's `test` with a `page` of `openPage`, whose permissions end with the test, and a `watch` on it. A test
 * fails when the page has unexpected errors or sends requests to other servers. The console log and the
 * complaints of a failed test are kept as `page.log` in its output folder.
 */
export const test = base.extend<{ watch: Watch }>({
  page: async ({ browser, viewport }, use) => {
    const page = await openPage(browser);
    if (viewport) await page.setViewportSize(viewport);
    await use(page);
    await page.close();
    await page.context().clearPermissions();
  },
  watch: [
    async ({ page }, use, testInfo) => {
      const watch = watchPage(page);
      await use(watch);
      const isClean = watch.complaints.length === 0 && watch.foreign.length === 0;
      if (testInfo.status !== testInfo.expectedStatus || !isClean)
        await writeFile(testInfo.outputPath('page.log'), [...watch.log, ...watch.complaints].join('\n'));
      expect(watch.complaints, 'the page complains').toEqual([]);
      expect(watch.foreign, 'the page asks other servers').toEqual([]);
    },
    { auto: true },
  ],
});

/** Playwright's `test` without a page of its own, for tests that share a page or start another browser. */
export const bareTest = base;

/** Opens the lab page (`e2e/lab.html`) of the server at `url`, and waits until `window.lab` exists. */
export async function openLab(page: Page, url = siteUrl()): Promise<void> {
  await page.goto(`${url}/e2e/lab.html`);
  await page.waitForFunction(() => 'lab' in window);
}

/** Writes an image file that a page made, given in base64, to `e2e/output/NAME`, for people to look at. */
export function keepPicture(name: string, base64: string): Promise<void> {
  return writeFile(new URL(`output/${name}`, import.meta.url), Buffer.from(base64, 'base64'));
}

export { expect };
