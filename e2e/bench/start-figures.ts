// What a shopper waits for after the tap, with the built package and a browser without a cache, and again with one.
import type { Browser, BrowserContext, Page } from 'playwright';
import { type BusyTasks, traceTasks } from './busy-tasks.ts';
import { callPage } from './call-page.ts';
import type { CompressedFiles } from './compressed-files.ts';
import type { StartupBench } from './page/startup-page.ts';

/** Times from the tap, milliseconds by the clock, and the page's tasks until the first garment. */
export interface StartFigures extends BusyTasks {
  /** Files asked for between the tap and the first garment. */
  requests: number;
  /** Their bytes, by brotli. */
  firstTryOnBytesBrotli: number;
  msToCameraAsked: number;
  msToMirror: number;
  msToFirstGarmentCold: number;
  msToFirstGarmentWarm: number;
}

/** Opens the benchmark's page of `url` in `context`, with a room on a photo, or on the camera (null). */
async function openPage(context: BrowserContext, url: string, photo: string | null): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/page`);
  await page.waitForFunction(() => 'bench' in window);
  await callPage<StartupBench, 'open'>(page, 'open', { garment: '/package/assets/tee.glb', photo });
  return page;
}

/** Measures the starts of a room at `url`, of which `files` knows the sizes. `photo`: URL of a picture of a person. */
export async function measureStart(
  browser: Browser,
  { url, files, photo }: { url: string; files: CompressedFiles; photo: string },
): Promise<StartFigures> {
  const forCamera = await browser.newContext({ permissions: ['camera'] });
  const camera = await callPage<StartupBench, 'tapCamera'>(await openPage(forCamera, url, null), 'tapCamera');
  await forCamera.close();

  const context = await browser.newContext();
  const cold = await openPage(context, url, photo);
  files.bytes.clear();
  const [msToFirstGarmentCold, busy] = await traceTasks(browser, url, () => callPage<StartupBench, 'tap'>(cold, 'tap'));
  const bytes = [...files.bytes.values()];
  await cold.close();
  const warm = await openPage(context, url, photo);
  const msToFirstGarmentWarm = await callPage<StartupBench, 'tap'>(warm, 'tap');
  await context.close();
  return {
    ...camera,
    ...busy,
    requests: bytes.length,
    firstTryOnBytesBrotli: bytes.reduce((sum, each) => sum + each, 0),
    msToFirstGarmentCold,
    msToFirstGarmentWarm,
  };
}
