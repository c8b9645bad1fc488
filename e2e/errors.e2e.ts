// Checks each error code of the room (`<fitting-room>`), and its warning about unknown attributes:
// 1. the test brings the fault about;
// 2. the room reports the code, and shows the shopper a sentence instead of it;
// 3. where trying again can help, the test removes the fault, and the room goes on.
import jsQr from 'jsqr';
import type { Locator, Page } from 'playwright/test';
import { PNG } from 'pngjs';
import type { FittingRoom } from '../src/index.ts';
import { bareTest, expect, insecureUrl, openLab, test, watchPage } from './fixtures.ts';
import { launch } from './launch.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** What the room wears and shows. */
interface RoomOptions {
  /** URL of the garment. Null by default: the room has none. */
  garment?: string | null;
  /** Whether the source is the pictures of `mannequinPictures`, over and over. */
  hasPictures?: boolean;
}

/** Puts a room with the model `lite` and these attributes (value by name) into the lab page, and starts it. */
async function addRoom(
  page: Page,
  attributes: Record<string, string>,
  { garment = null, hasPictures }: RoomOptions = {},
): Promise<Locator> {
  await page.evaluate(
    ([attributes, garment, pictures]) => {
      const { createRoom, playPictures } = window.lab;
      const source = pictures ? playPictures(pictures) : undefined;
      const room = createRoom({ model: 'lite', ...attributes }, { garment, source });
      document.querySelector('main')?.append(room);
      room.start().catch(() => undefined);
    },
    [attributes, garment, hasPictures ? await mannequinPictures(page) : null] as const,
  );
  return page.locator('fitting-room');
}

/** Waits until the room has this status. */
function expectStatus(room: Locator, status: string): Promise<void> {
  return expect
    .poll(() => room.evaluate((element: FittingRoom) => element.state.status), { timeout: 40_000, intervals: [100] })
    .toBe(status);
}

/** Waits until the room is in error `code`, and checks that the shopper sees words for it, not the code. */
async function expectError(room: Locator, code: string): Promise<void> {
  await expect
    .poll(() => room.evaluate((element: FittingRoom) => element.state.error?.code ?? element.state.status), {
      timeout: 40_000,
      intervals: [100],
    })
    .toBe(code);
  const alert = room.getByRole('alert');
  await expect(alert).toBeVisible();
  await expect(alert).toHaveText(/.{20}/);
  await expect(alert).not.toContainText(code);
}

/** Taps the button by which the shopper tries again. */
function retry(room: Locator): Promise<void> {
  return room.getByRole('button', { name: /try again/i }).click();
}

/** Chromium's own console message about a missing file. */
const MISSING_FILE = /Failed to load resource/;

test.describe('camera', () => {
  test('camera-denied: says so; after the permission is given, trying again works', async ({ page }) => {
    await openLab(page);
    const room = await addRoom(page, {});
    await expectError(room, 'camera-denied');
    await page.context().grantPermissions(['camera']);
    await retry(room);
    await expectStatus(room, 'searching');
  });

  test('camera-lost: a camera pulled out in mid-run; trying again takes it anew', async ({ page }) => {
    await page.context().grantPermissions(['camera']);
    await page.addInitScript(() => {
      const { mediaDevices } = navigator;
      const take = mediaDevices.getUserMedia.bind(mediaDevices);
      mediaDevices.getUserMedia = async (constraints) => {
        const stream = await take(constraints);
        Object.assign(window, { lastTrack: stream.getVideoTracks()[0] });
        return stream;
      };
    });
    await openLab(page);
    const room = await addRoom(page, {});
    await expectStatus(room, 'searching');
    await page.evaluate(() => {
      // What a browser does when the plug is pulled.
      const { lastTrack } = window as unknown as { lastTrack: MediaStreamTrack };
      lastTrack.stop();
      lastTrack.dispatchEvent(new Event('ended'));
    });
    await expectError(room, 'camera-lost');
    await retry(room);
    await expectStatus(room, 'searching');
  });

  bareTest('camera-missing: a machine without a camera', async () => {
    const browser = await launch({ without: ['--use-fake-device-for-media-stream'] });
    const page = await browser.newPage({ permissions: ['camera'] });
    const watch = watchPage(page);
    await openLab(page);
    await expectError(await addRoom(page, {}), 'camera-missing');
    const alert = page.locator('fitting-room').getByRole('alert');
    await alert.getByRole('button', { name: 'QR code' }).click();
    const { data, width, height } = PNG.sync.read(await alert.getByRole('img', { name: /phone/ }).screenshot());
    expect(jsQr(new Uint8ClampedArray(data), width, height)?.data, 'what a phone reads').toBe(page.url());
    expect(watch.complaints).toEqual([]);
    await browser.close();
  });

  test('camera-busy: another program holds the camera; trying again works once it lets go', async ({ page }) => {
    await page.context().grantPermissions(['camera']);
    await page.addInitScript(() => {
      let asked = 0;
      navigator.mediaDevices.getUserMedia = () => {
        asked++;
        if (asked === 1) return Promise.reject(new DOMException('Could not start video source', 'NotReadableError'));
        return Promise.resolve(document.createElement('canvas').captureStream(10));
      };
    });
    await openLab(page);
    const room = await addRoom(page, {});
    await expectError(room, 'camera-busy');
    await retry(room);
    await expect.poll(() => room.evaluate((element: FittingRoom) => element.state.error)).toBe(null);
  });

  test('insecure-context: a page without https', async ({ page }) => {
    await page.goto(`${insecureUrl()}/e2e/lab.html`);
    await page.waitForFunction(() => 'lab' in window);
    await expectError(await addRoom(page, {}), 'insecure-context');
  });
});

test('source-unreadable: a photo that is not there, a file that is no picture; another source works afterwards', async ({
  page,
  watch,
}) => {
  watch.expect(MISSING_FILE);
  await openLab(page);
  const room = await addRoom(page, { source: '/demo/no-such-photo.jpg' });
  await expectError(room, 'source-unreadable');
  await room.evaluate((element: FittingRoom) => {
    element.source = '/demo/shop.css';
    return element.start();
  });
  await expectError(room, 'source-unreadable');
  expect(await room.evaluate((element: FittingRoom) => element.state.error?.message)).toContain('shop.css');
  await room.evaluate(
    (element: FittingRoom, pictures) => {
      element.source = window.lab.playPictures(pictures);
      void element.start();
    },
    await mannequinPictures(page),
  );
  await expectStatus(room, 'tracking');
});

test('model-unreachable: an assets base without models', async ({ page, watch }) => {
  watch.expect(MISSING_FILE);
  await openLab(page);
  await expectError(await addRoom(page, { source: 'mannequin', assets: '/demo/' }), 'model-unreachable');
});

test('model-unreachable: a model that fails once; trying again fetches it anew', async ({ page, watch }) => {
  watch.expect(MISSING_FILE);
  await openLab(page);
  const model = '**/pose_landmark_lite.tflite';
  await page.route(model, (route) => route.fulfill({ status: 404 }));
  const room = await addRoom(page, {}, { hasPictures: true });
  await expectError(room, 'model-unreachable');
  await page.unroute(model);
  await retry(room);
  await expectStatus(room, 'tracking');
});

test('garment-unreachable and garment-invalid: the message names the garment, and tracking goes on', async ({
  page,
  watch,
}) => {
  watch.expect(MISSING_FILE);
  await openLab(page);
  await page.evaluate(() => {
    const told: string[] = [];
    Object.assign(window, { told });
    document.addEventListener('fitting-error', (event) => {
      const { code, message } = (event as CustomEvent<{ code: string; message: string }>).detail;
      told.push(`${code}: ${message}`);
    });
  });
  const told = (): Promise<string> => page.evaluate(() => (window as unknown as { told: string[] }).told.join('\n'));
  const room = await addRoom(page, {}, { garment: '/assets/no-such-garment.glb', hasPictures: true });
  await expectStatus(room, 'tracking');
  await expect.poll(told).toMatch(/^garment-unreachable: .*no-such-garment\.glb/m);
  await room.locator('fitting-garment').evaluate((garment) => garment.setAttribute('src', '/demo/shop.css'));
  await expect.poll(told).toMatch(/^garment-invalid: .*shop\.css/m);
  await expectStatus(room, 'tracking');
});

test('engine-failed: a tracker that breaks in mid-run', async ({ page }) => {
  await openLab(page);
  await page.evaluate(() => {
    const room = window.lab.createRoom({ source: 'mannequin' }, { garment: null });
    room.tracker = {
      engine: 'wasm',
      model: 'lite',
      load: () => Promise.resolve(),
      track: () => Promise.reject(new Error('broken on purpose')),
      reset: () => undefined,
      close: () => undefined,
    };
    document.querySelector('main')?.append(room);
    room.start().catch(() => undefined);
  });
  await expectError(page.locator('fitting-room'), 'engine-failed');
});

test('unsupported-browser: no WebGL 2', async ({ page, watch }) => {
  // Said by three.js, not by this project.
  watch.expect(/Error creating WebGL context/);
  await page.addInitScript(() => {
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const getContext = prototype.getContext as (this: unknown, kind: string, ...rest: unknown[]) => unknown;
      Object.assign(prototype, {
        getContext(this: unknown, kind: string, ...rest: unknown[]) {
          return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest);
        },
      });
    }
  });
  await openLab(page);
  await expectError(await addRoom(page, { source: 'mannequin' }), 'unsupported-browser');
});

test('context-lost: the GPU is taken away and given back', async ({ page, watch }) => {
  watch.expect(/Context Lost/i);
  await openLab(page);
  const room = await addRoom(page, {}, { garment: '/assets/tee.glb', hasPictures: true });
  await expectStatus(room, 'tracking');
  const frame = await room.evaluate((element: FittingRoom) => element.tracked?.frame ?? -1);
  await room
    .locator('canvas')
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const lose = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context');
      lose?.loseContext();
      setTimeout(() => lose?.restoreContext(), 500);
    });
  await expectStatus(room, 'tracking');
  await expect
    .poll(() => room.evaluate((element: FittingRoom) => element.tracked?.frame ?? -1), {
      timeout: 30_000,
      intervals: [100],
    })
    .toBeGreaterThan(frame + 2);
});

test('an unknown attribute: one console warning for an element and name, with the nearest known attribute', async ({
  page,
  watch,
}) => {
  await openLab(page);
  await page.evaluate(async () => {
    const room = window.lab.createRoom({ nomirror: '', class: 'wide', 'data-shelf': '3' });
    const garment = room.querySelector('fitting-garment');
    document.querySelector('main')?.append(room);
    await room.updateComplete;
    garment?.setAttribute('colour', 'navy');
    room.setAttribute('nomirror', 'true');
    room.remove();
    document.body.prepend(room);
    const late = document.createElement('fitting-garment');
    late.setAttribute('scr', '/assets/tee.glb');
    room.append(late);
    await new Promise((resolve) => setTimeout(resolve));
  });
  const told = (): string[] => watch.log.filter((line) => line.includes('has no attribute'));
  // The words are fetched when the first is to be said.
  await expect.poll(told).toHaveLength(3);
  expect(told().toSorted()).toEqual([
    expect.stringMatching(/^warning: .*<fitting-garment> has no attribute "colour".*"color"/),
    expect.stringMatching(/^warning: .*<fitting-garment> has no attribute "scr".*"src"/),
    expect.stringMatching(/^warning: .*<fitting-room> has no attribute "nomirror".*"no-mirror"/),
  ]);
});
