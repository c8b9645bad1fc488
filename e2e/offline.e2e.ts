// Checks the demo without a network: after one visit the server is stopped and the browser restarted; the page opens,
// and the room shows the garment on the mannequin.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, LaunchOptions, Page } from 'playwright/test';
import { chromium } from 'playwright/test';
import type { FittingRoom } from '../src/index.ts';
import { bareTest, expect } from './fixtures.ts';
import { openSite } from './serve.ts';

/** What the page shows, once the mannequin wears the garment. */
interface Worn {
  engine: string | null;
  size: string | null;
  /** Share of the picture's pixels that the garment covers. */
  share: number;
}

/** Opens the demo, dresses the mannequin, and tells what is shown. */
async function dressMannequin(page: Page, url: string): Promise<Worn> {
  await page.goto(url);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.getByRole('button', { name: 'Use the mannequin' }).click();
  const room = page.locator('fitting-room');
  await expect
    .poll(() => room.evaluate((element: FittingRoom) => `${element.state.status} ${element.state.error?.message}`), {
      timeout: 60_000,
      intervals: [200],
    })
    .toMatch(/^tracking/);
  await expect.poll(() => room.evaluate((element: FittingRoom) => element.state.size)).toBe('M');
  return room.evaluate(async (element: FittingRoom) => {
    const bitmap = await createImageBitmap(await element.snapshot({ layers: 'garment' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? [];
    let covered = 0;
    for (let i = 3; i < pixels.length; i += 4) if (pixels[i] > 127) covered++;
    const { engine, size } = element.state;
    return { engine, size, share: (4 * covered) / pixels.length };
  });
}

bareTest('after one visit the mannequin is dressed without a network, by a browser that was restarted', async () => {
  // Two browsers and a server of its own.
  bareTest.slow();
  const site = await openSite('e2e-offline');
  const folder = mkdtempSync(join(tmpdir(), 'offline-'));
  const { launchOptions, contextOptions, viewport } = bareTest.info().project.use;
  const options: LaunchOptions & BrowserContextOptions = {
    ...(launchOptions as LaunchOptions),
    ...contextOptions,
    viewport,
    serviceWorkers: 'allow',
  };
  let context: BrowserContext | null = null;
  try {
    context = await chromium.launchPersistentContext(folder, options);
    const first = await dressMannequin(await context.newPage(), site.url);
    expect(first.share).toBeGreaterThan(0.02);
    await context.close();
    await site.close();
    await expect(fetch(site.url), 'the server is stopped').rejects.toThrow();

    context = await chromium.launchPersistentContext(folder, options);
    const page = await context.newPage();
    const fromNetwork: string[] = [];
    page.on('response', (response) => {
      if (!response.fromServiceWorker()) fromNetwork.push(response.url());
    });
    const second = await dressMannequin(page, site.url);
    expect(second).toEqual({ ...first, share: second.share });
    expect(second.share).toBeGreaterThan(0.02);
    expect(fromNetwork, 'every answer is a kept copy').toEqual([]);
  } finally {
    await context?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
