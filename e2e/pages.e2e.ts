// Checks the demo's pages: accessibility (by axe-core), content security policy, and narrow windows.
import { readdirSync } from 'node:fs';
import type { FittingRoom } from '../src/index.ts';
import { audit } from './audit.ts';
import { expect, siteUrl, test } from './fixtures.ts';

// The demo is laid out for a desktop's window.
test.use({ viewport: { width: 1280, height: 720 } });

// The server answers `/` with index.html.
const PAGES = readdirSync('demo')
  .filter((name) => name.endsWith('.html') && name !== 'index.html')
  .map((name) => `/demo/${name}`);

for (const path of ['/', ...PAGES]) {
  test(`${path} loads without a complaint, and axe finds nothing`, async ({ page }) => {
    const response = await page.goto(siteUrl() + path);
    expect(response?.headers()['content-security-policy']).toContain("default-src 'self'");
    await expect(page.locator('fitting-room').first()).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(await audit(page)).toEqual([]);
  });
}

test('/ dresses the mannequin in the size that is chosen, and axe finds nothing', async ({ page }) => {
  await page.goto(siteUrl());
  await page.getByRole('button', { name: 'Use the mannequin' }).click();
  const room = page.locator('fitting-room');
  await expect
    .poll(() => room.evaluate((element: FittingRoom) => element.state.status), { timeout: 40_000, intervals: [100] })
    .toBe('tracking');
  await page.getByRole('radio', { name: 'XL', exact: true }).check({ force: true });
  await expect.poll(() => room.evaluate((element: FittingRoom) => element.state.size)).toBe('XL');
  expect(await audit(page)).toEqual([]);
});

test('/ shows what was requested and what is kept, deletes it, and axe finds nothing', async ({ page }) => {
  await page.goto(siteUrl());
  await page.evaluate(async () => {
    const cache = await caches.open('fitting-room');
    await cache.put('/kept', new Response(new Uint8Array(1_500_000)));
    await (await caches.open('of-the-page')).put('/other', new Response('other'));
  });
  await page.getByRole('button', { name: 'Your camera picture stays on this device.' }).click();
  const panel = page.locator('fitting-room [part~="privacy-panel"]');
  await expect(panel).toContainText('To other servers: 0.');
  await expect(panel).toContainText('1 files of the page, 1.5 MB');
  const count = async (): Promise<number> =>
    Number(/page so far: (\d+)/.exec((await panel.textContent()) ?? '')?.[1] ?? NaN);
  const before = await count();
  expect(before).toBeGreaterThan(3);
  await page.evaluate(() => fetch('/demo/icon.svg?again').then((response) => response.text()));
  await expect.poll(count, 'a further request is counted at once').toBe(before + 1);
  expect(await audit(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Delete the kept files' }).click();
  await expect(panel).toContainText('Kept on this device: nothing.');
  expect(await page.evaluate(() => caches.keys()), 'caches of the page itself stay').toEqual(['of-the-page']);
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page.getByRole('button', { name: 'Try it on' })).toBeVisible();
  await page.evaluate(() => caches.delete('of-the-page'));
});

test('/ fits windows 320, 768 and 1400 px wide', async ({ page }) => {
  await page.goto(siteUrl());
  await expect(page.locator('fitting-room')).toBeVisible();
  for (const width of [320, 768, 1400]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth), `${width} px`).toBeLessThanOrEqual(width);
  }
});
