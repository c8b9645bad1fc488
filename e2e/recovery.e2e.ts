import type { Locator, Page } from 'playwright/test';
import type { FittingRoom, FrameSource } from '../src/index.ts';
import { expect, openLab, test, watchPage } from './fixtures.ts';
import { launch } from './launch.ts';
import { softwareWebGpu } from './software-webgpu.ts';

/** Records that the tests keep in the page. */
interface Notes {
  /** Every worker that the page started. */
  workers: Worker[];
  /** Codes of `fitting-error`. */
  errors: string[];
  /** `timeMs` of each frame drawn. */
  times: number[];
}

type NotingWindow = Window & { notes: Notes };

/**
 * Opens the lab page with `notes` and starts a room on three small pictures of the mannequin, over and over. The pictures lie
 * in main memory, as a camera's do, so that they survive the loss of the GPU.
 */
async function openRoom(
  page: Page,
  attributes: Record<string, string>,
): Promise<{ room: Locator; warnings: string[] }> {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning' && message.text().startsWith('fitting-room:')) warnings.push(message.text());
  });
  await page.addInitScript(() => {
    const notes: Notes = { workers: [], errors: [], times: [] };
    const NativeWorker = window.Worker;
    window.Worker = class extends NativeWorker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        notes.workers.push(this);
      }
    };
    document.addEventListener('fitting-error', (event) =>
      notes.errors.push((event as CustomEvent<{ code: string }>).detail.code),
    );
    document.addEventListener('track', (event) =>
      notes.times.push((event.target as FittingRoom).tracked?.timeMs ?? NaN),
    );
    Object.assign(window, { notes });
  });
  await openLab(page);
  await page.evaluate(async (attributes) => {
    const { createRoom, createSmallMannequin } = window.lab;
    const mannequin = createSmallMannequin();
    const context = new OffscreenCanvas(mannequin.width, mannequin.height).getContext('2d', {
      willReadFrequently: true,
    });
    if (!context) throw new Error('no 2D canvas');
    const pictures: ImageData[] = [];
    for (let i = 0; i < 3; i++) {
      const { image } = (await mannequin.next({ image: null, width: 0, height: 0, timeMs: 0 })) ?? {};
      if (!image) throw new Error('no picture');
      context.drawImage(image, 0, 0);
      image.close();
      pictures.push(context.getImageData(0, 0, mannequin.width, mannequin.height));
    }
    mannequin.close();
    let count = 0;
    let isOpen = true;
    const source: FrameSource = {
      width: mannequin.width,
      height: mannequin.height,
      live: false,
      async next(target) {
        if (!isOpen) return null;
        const image = await createImageBitmap(pictures[count % pictures.length]);
        return Object.assign(target, { image, width: image.width, height: image.height, timeMs: 33 * count++ });
      },
      close: () => (isOpen = false),
    };
    const room = createRoom({ model: 'lite', ...attributes }, { source });
    document.querySelector('main')?.append(room);
    room.start().catch(() => undefined);
  }, attributes);
  return { room: page.locator('fitting-room'), warnings };
}

function errorsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as NotingWindow).notes.errors);
}
function timesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as NotingWindow).notes.times);
}

/** Frames that a room has to draw before and after a failure. */
const SOME_FRAMES = 4;

function expectStatus(room: Locator, status: string): Promise<void> {
  return expect
    .poll(() => room.evaluate((element: FittingRoom) => element.state.status), { timeout: 90_000, intervals: [100] })
    .toBe(status);
}

/** Waits until `count` more frames are drawn; the person must be found in the last. */
async function expectFrames(page: Page, room: Locator, count = SOME_FRAMES): Promise<void> {
  const before = (await timesOf(page)).length;
  await expect
    .poll(async () => (await timesOf(page)).length, { timeout: 60_000, intervals: [100] })
    .toBeGreaterThanOrEqual(before + count);
  expect(await room.evaluate((element: FittingRoom) => element.state.status)).toBe('tracking');
}

/** Counts the frames missing between the first and the last drawn. The source gives its frames at even times. */
async function lostFrames(page: Page): Promise<number> {
  const times = await timesOf(page);
  const step = times[1] - times[0];
  return Math.round((times[times.length - 1] - times[0]) / step) - (times.length - 1);
}

function engineOf(room: Locator): Promise<string | null> {
  return room.evaluate((element: FittingRoom) => element.state.engine);
}

test('a terminated worker is replaced within seconds: one frame is lost, and the room reports no error', async ({
  page,
}) => {
  const { room, warnings } = await openRoom(page, { engine: 'wasm' });
  // After a dozen frames the room knows how long one takes, and waits no longer than needed for a dead worker.
  await expectFrames(page, room, 12);
  await page.evaluate(() => (window as unknown as NotingWindow).notes.workers[0].terminate());
  const start = Date.now();
  await expectFrames(page, room);
  test.info().annotations.push({ type: 'seen', description: `tracked again after ${Date.now() - start} ms` });
  expect(await lostFrames(page)).toBe(1);
  expect(warnings).toEqual([expect.stringMatching(/wasm engine failed .*not answered.*started again/)]);
  expect(await errorsOf(page)).toEqual([]);
  expect(page.workers().length).toBe(1);
  await room.evaluate((element) => element.remove());
  await expect.poll(() => page.workers().length).toBe(0);
});

test('a worker with an uncaught exception is replaced at once', async ({ page }) => {
  const { room, warnings } = await openRoom(page, { engine: 'wasm' });
  await expectFrames(page, room);
  await page.workers()[0].evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
  await expect
    .poll(() => warnings)
    .toEqual([expect.stringMatching(/wasm engine failed .*broken on purpose.*started again/)]);
  await expectFrames(page, room);
  expect(await lostFrames(page)).toBeLessThanOrEqual(1);
  expect(await errorsOf(page)).toEqual([]);
  expect(page.workers().length).toBe(1);
});

test('frames that fail in the worker: the first is skipped, the second is tracked by the next worker', async ({
  page,
}) => {
  const { room, warnings } = await openRoom(page, { engine: 'wasm' });
  await expectFrames(page, room);
  await page.workers()[0].evaluate(() => {
    const post = self.postMessage.bind(self) as (message: { type: string }, transfer: Transferable[]) => void;
    Object.assign(self, {
      postMessage(message: { type: string }, transfer: Transferable[]) {
        if (message.type === 'tracked') throw new Error('broken on purpose');
        post(message, transfer);
      },
    });
  });
  await expect
    .poll(() => warnings)
    .toEqual([expect.stringMatching(/wasm engine failed .*broken on purpose.*started again/)]);
  await expectFrames(page, room);
  expect(await lostFrames(page)).toBe(1);
  expect(await errorsOf(page)).toEqual([]);
  expect(page.workers().length).toBe(1);
});

test('the WebGL context and the worker are lost together: the room goes on with new ones', async ({ page, watch }) => {
  watch.expect(/Context Lost/i);
  const { room, warnings } = await openRoom(page, { engine: 'wasm' });
  // After a dozen frames the room knows how long one takes, and waits no longer than needed for a dead worker.
  await expectFrames(page, room, 12);
  await room
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const lose = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      lose?.loseContext();
      (window as unknown as NotingWindow).notes.workers[0].terminate();
      setTimeout(() => lose?.restoreContext(), 1000);
    });
  await expect.poll(() => errorsOf(page)).toEqual(['context-lost']);
  await expectFrames(page, room);
  expect(warnings.length).toBe(1);
  expect(await errorsOf(page)).toEqual(['context-lost']);
  expect(await room.evaluate((element: FittingRoom) => element.state.error)).toBe(null);
});

test('webgpu whose worker cannot be fetched gives way to wasm', async ({ page, watch }) => {
  watch.expect(/Failed to load resource/);
  await page.route('**/tracking-worker-webgpu.js', (route) => route.fulfill({ status: 404 }));
  const { room, warnings } = await openRoom(page, { engine: 'webgpu' });
  await expectFrames(page, room);
  expect(await engineOf(room)).toBe('wasm');
  expect(warnings).toEqual([expect.stringMatching(/webgpu engine failed .*going on with wasm/)]);
  expect(await errorsOf(page)).toEqual([]);
});

for (const [engine, next, warning] of [
  ['wasm', 'wasm', null],
  ['webgpu', 'wasm', /webgpu engine failed \(the GPU .*going on with wasm/],
  // Slow on a GPU in software.
  ['mediapipe', 'mediapipe', /mediapipe engine failed \(the GPU was taken away\).*started again/],
] as const) {
  test(`the GPU's process dies under ${engine}: the picture comes back, and the room goes on with ${next}`, async () => {
    test.setTimeout(240_000);
    const browser = await launch({ add: engine === 'webgpu' ? softwareWebGpu : [] });
    try {
      const page = await browser.newPage();
      const watch = watchPage(page);
      watch.expect(/Context Lost/i);
      const { room, warnings } = await openRoom(page, { engine });
      await expectStatus(room, 'tracking');
      expect([await engineOf(room), warnings]).toEqual([engine, []]);
      const session = await browser.newBrowserCDPSession();
      // The crashed process cannot answer.
      session.send('Browser.crashGpuProcess').catch(() => undefined);
      await expect.poll(() => errorsOf(page), { timeout: 60_000, intervals: [100] }).toEqual(['context-lost']);
      await expectStatus(room, 'tracking');
      await expectFrames(page, room, 1);
      expect(await engineOf(room)).toBe(next);
      expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
      expect(await errorsOf(page)).toEqual(['context-lost']);
      expect(await room.evaluate((element: FittingRoom) => element.state.error)).toBe(null);
      expect(page.workers().length).toBe(next === 'wasm' ? 1 : 0);
      expect(watch.complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
}

test('a software adapter is no GPU: auto takes wasm there, and fetches nothing of webgpu', async () => {
  const browser = await launch({ add: softwareWebGpu });
  try {
    const page = await browser.newPage();
    const watch = watchPage(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const { room, warnings } = await openRoom(page, { engine: 'auto' });
    expect(
      await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null),
      'this browser has WebGPU',
    ).toBe(true);
    await expectFrames(page, room);
    expect(await engineOf(room)).toBe('wasm');
    expect(asked.filter((url) => url.includes('webgpu'))).toEqual([]);
    expect([warnings, watch.complaints]).toEqual([[], []]);
  } finally {
    await browser.close();
  }
});
