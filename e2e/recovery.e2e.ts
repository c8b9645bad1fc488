// Checks that a room (`<fitting-room>`) goes on when an engine fails. An engine is a way to run the pose network:
// `wasm` (CPU) or `webgpu` (GPU) in a worker, or `mediapipe` on the page's thread.
// 1. `openRoom` starts a room on pictures of the mannequin, and notes workers, errors and drawn frames in the page.
// 2. The test breaks the worker, the GPU, or the download of the engine.
// 3. The room must draw further frames with the person found, by the same engine or the next; lost frames, warnings and
//    errors are counted.
import type { Locator, Page } from 'playwright/test';
import type { FittingRoom } from '../src/index.ts';
import { bareTest, expect, openLab, test, watchPage } from './fixtures.ts';
import type { PictureSource } from './lab/play-pictures.ts';
import { launch } from './launch.ts';
import { mannequinPictures } from './mannequin-pictures.ts';
import { softwareWebGpu } from './software-webgpu.ts';

/** Records that the tests keep in the page. */
interface Notes {
  /** Every worker that the page started. */
  workers: Worker[];
  /** Codes of `fitting-error`. */
  errors: string[];
  /** Time of each frame drawn, on the source's clock, milliseconds. */
  times: number[];
  /** The room's source. */
  source: PictureSource;
}

type NotingWindow = Window & { notes: Notes };

/**
 * Opens the lab page with `notes` and starts a room on `mannequinPictures`, over and over. `attributes`: of the room,
 * value by name; `garment`: null if the room has none; `allowed`: number of frames that the room gets before a call of
 * `allow`, all by default. `warnings` grows with the product's warnings on the console.
 */
async function openRoom(
  page: Page,
  attributes: Record<string, string>,
  { garment, allowed }: { garment?: null; allowed?: number } = {},
): Promise<{ room: Locator; warnings: string[] }> {
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning' && message.text().startsWith('fitting-room:')) warnings.push(message.text());
  });
  await page.addInitScript(() => {
    const notes: Omit<Notes, 'source'> = { workers: [], errors: [], times: [] };
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
  await page.evaluate(
    ([pictures, attributes, garment, allowed]) => {
      const { createRoom, playPictures } = window.lab;
      const source = playPictures(pictures, allowed);
      (window as unknown as NotingWindow).notes.source = source;
      const room = createRoom({ model: 'lite', ...attributes }, { garment, source });
      document.querySelector('main')?.append(room);
      room.start().catch(() => undefined);
    },
    [await mannequinPictures(page), attributes, garment, allowed] as const,
  );
  return { room: page.locator('fitting-room'), warnings };
}

/** Allows the source to give `count` more frames. */
function allow(page: Page, count: number): Promise<void> {
  return page.evaluate((count) => (window as unknown as NotingWindow).notes.source.allow(count), count);
}

/**
 * Compares the person and the garment in the last drawn frame, which must be the last allowed, with the truth: errors
 * of the torso's corners as shares of its length, and the masks' intersection over union, 0..1.
 */
function measure(room: Locator) {
  return room.evaluate(async (element: FittingRoom) => {
    const { comparePerson, garmentCoverage, untilDressed } = window.lab;
    const { source } = (window as unknown as NotingWindow).notes;
    await untilDressed(element);
    const { tracked, state } = element;
    const { centreOnTorso } = await garmentCoverage(
      await element.snapshot({ layers: 'garment' }),
      tracked?.landmarks ?? [],
    );
    const { model, engine } = state;
    return { model, engine, centreOnTorso, ...comparePerson(element, source.truthAt(tracked?.timeMs ?? NaN)) };
  });
}

/** Returns the codes of the errors that the room has reported. */
function errorsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as NotingWindow).notes.errors);
}
/** Returns the times of the frames that the room has drawn, milliseconds. */
function timesOf(page: Page): Promise<number[]> {
  return page.evaluate(() => (window as unknown as NotingWindow).notes.times);
}

/** Polling of what takes long on a busy machine: milliseconds. */
const SLOWLY = { timeout: 60_000, intervals: [100] };

/** Frames that a room has to draw before and after a failure. */
const SOME_FRAMES = 4;

/** Waits until the room has this status. */
function expectStatus(room: Locator, status: string): Promise<void> {
  return expect
    .poll(() => room.evaluate((element: FittingRoom) => element.state.status), { timeout: 90_000, intervals: [100] })
    .toBe(status);
}

/** Waits until `count` more frames are drawn; the person must be found in the last. */
async function expectFrames(page: Page, room: Locator, count = SOME_FRAMES): Promise<void> {
  const before = (await timesOf(page)).length;
  await expect.poll(async () => (await timesOf(page)).length, SLOWLY).toBeGreaterThanOrEqual(before + count);
  expect(await room.evaluate((element: FittingRoom) => element.state.status)).toBe('tracking');
}

/** Counts the frames missing between the first and the last drawn. The source gives its frames at even times. */
async function lostFrames(page: Page): Promise<number> {
  const times = await timesOf(page);
  const step = times[1] - times[0];
  return Math.round((times[times.length - 1] - times[0]) / step) - (times.length - 1);
}

/** Returns the name of the engine that runs. */
function engineOf(room: Locator): Promise<string | null> {
  return room.evaluate((element: FittingRoom) => element.state.engine);
}

test('a terminated worker is replaced within seconds: one frame is lost, and the room reports no error', async ({
  page,
}) => {
  const { room, warnings } = await openRoom(page, { engine: 'wasm' }, { garment: null });
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
  const { room, warnings } = await openRoom(page, { engine: 'wasm' }, { garment: null });
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
  const { room, warnings } = await openRoom(page, { engine: 'wasm' }, { garment: null });
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
  const { room, warnings } = await openRoom(page, { engine: 'webgpu' }, { garment: null });
  await expectFrames(page, room);
  expect(await engineOf(room)).toBe('wasm');
  expect(warnings).toEqual([expect.stringMatching(/webgpu engine failed .*going on with wasm/)]);
  expect(await errorsOf(page)).toEqual([]);
});

for (const [engine, next, warning] of [
  ['wasm', 'wasm', null],
  ['webgpu', 'wasm', /webgpu engine failed \(the GPU .*going on with wasm/],
  // On a GPU in software its first frame takes ten times as long as the next ones.
  ['mediapipe', 'mediapipe', /mediapipe engine failed \(the GPU was taken away\).*started again/],
] as const) {
  bareTest(
    `engine ${engine}: finds the mannequin's torso and silhouette and dresses it; the GPU's process dies, the picture comes back, and the room goes on with ${next}`,
    async () => {
      test.setTimeout(240_000);
      const browser = await launch({ add: engine === 'webgpu' ? softwareWebGpu : [] });
      try {
        const page = await browser.newPage();
        const watch = watchPage(page);
        watch.expect(/Context Lost/i);
        const { room, warnings } = await openRoom(page, { engine }, { allowed: 2 });
        await expectStatus(room, 'tracking');
        await expect.poll(async () => (await timesOf(page)).length, SLOWLY).toBe(2);
        const seen = await measure(room);
        test.info().annotations.push({ type: 'seen', description: JSON.stringify(seen) });
        expect(seen).toMatchObject({ engine, model: 'lite', centreOnTorso: true });
        // Of the torso's length: shoulders and hips of people are found to 3 to 11 %.
        for (const error of seen.torso) expect(error).toBeLessThan(0.15);
        expect(seen.maskIoU).toBeGreaterThan(0.85);
        expect(warnings).toEqual([]);

        const session = await browser.newBrowserCDPSession();
        // The GPU dies while a frame is tracked.
        await allow(page, 1);
        // The crashed process cannot answer.
        session.send('Browser.crashGpuProcess').catch(() => undefined);
        await expect.poll(() => errorsOf(page), SLOWLY).toEqual(['context-lost']);
        await allow(page, 2);
        await expectStatus(room, 'tracking');
        const drawn = (await timesOf(page)).length;
        await allow(page, 1);
        await expect.poll(async () => (await timesOf(page)).length, SLOWLY).toBeGreaterThan(drawn);
        await expectStatus(room, 'tracking');
        expect(await engineOf(room)).toBe(next);
        expect(warnings).toEqual(warning ? [expect.stringMatching(warning)] : []);
        expect(await errorsOf(page)).toEqual(['context-lost']);
        expect(await room.evaluate((element: FittingRoom) => element.state.error)).toBe(null);
        expect(page.workers().length).toBe(next === 'wasm' ? 1 : 0);
        expect(watch.complaints).toEqual([]);
        expect(watch.foreign).toEqual([]);
      } finally {
        await browser.close();
      }
    },
  );
}

bareTest('a software adapter is no GPU: auto takes wasm there, and fetches nothing of webgpu', async () => {
  const browser = await launch({ add: softwareWebGpu });
  try {
    const page = await browser.newPage();
    const watch = watchPage(page);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    const { room, warnings } = await openRoom(page, { engine: 'auto' }, { garment: null });
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
