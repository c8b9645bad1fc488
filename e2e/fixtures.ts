import { writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { test as base, expect } from 'playwright/test';

/** What a page said and requested while a test ran. */
export interface Watch {
  /** Console errors, uncaught exceptions, violations of the content security policy. */
  readonly complaints: string[];
  /** URLs of requests to other servers. */
  readonly foreign: string[];
  /** Every console message. */
  readonly log: string[];
  /** Declares complaints that the test provokes: those that match are not recorded. */
  expect(pattern: RegExp): void;
}

/** Records the console messages, exceptions and requests of `page` from now on. */
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

/** Origin of the server that `serve.ts` has started. */
export function siteUrl(): string {
  const url = process.env.FITTING_E2E_URL;
  if (url === undefined) throw new Error('the browser tests have no server: run them by `npm run e2e`');
  return url;
}

/** The same server by a name that is no secure context (see the flags in `playwright.config.ts`). */
export function insecureUrl(): string {
  return siteUrl().replace('localhost', 'fitting.test');
}

/** The same server; its pages are cross-origin isolated (see `serve.ts`). */
export function isolatedUrl(): string {
  return siteUrl().replace('localhost', 'isolated.localhost');
}

/** Playwright's `test` with a watched `page`: a test fails when its page complains or asks another server. */
export const test = base.extend<{ watch: Watch }>({
  watch: [
    async ({ page }, use, testInfo) => {
      const watch = watchPage(page);
      await use(watch);
      if (testInfo.status !== testInfo.expectedStatus)
        await writeFile(testInfo.outputPath('page.log'), [...watch.log, ...watch.complaints].join('\n'));
      expect(watch.complaints, 'the page complains').toEqual([]);
      expect(watch.foreign, 'the page asks other servers').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens the lab page and waits until `window.lab` is there. */
export async function openLab(page: Page, url = siteUrl()): Promise<void> {
  await page.goto(`${url}/e2e/lab.html`);
  await page.waitForFunction(() => 'lab' in window);
}

/** Writes a PNG that a page made to `e2e/output/`, for a person to look at. */
export function keepPicture(name: string, base64: string): Promise<void> {
  return writeFile(new URL(`output/${name}`, import.meta.url), Buffer.from(base64, 'base64'));
}

export { expect };
