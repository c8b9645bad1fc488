// Checks the engine `wasm`, which runs the pose network on the CPU in a worker.
import type { Page } from 'playwright/test';
import { expect, isolatedUrl, openLab, siteUrl, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** BlazePose's indices of shoulders and hips. */
const TORSO = [11, 12, 23, 24];

/**
 * Tracks the same three frames twice, as bitmaps or as bytes, as `inputs` says. Returns the largest distance between
 * the two results for a shoulder or hip, as a share of the torso's length, and all scores (probabilities of a person,
 * 0..1).
 */
function compare(
  page: Page,
  inputs: readonly ['bitmap' | 'bytes', 'bitmap' | 'bytes'],
): Promise<{ apart: number; scores: number[] }> {
  return page.evaluate(
    async ({ torso, inputs }) => {
      const { MannequinSource, takeFrames, trackFrames } = window.lab;
      const camera = { width: 360, height: 480 };
      const bitmaps = await takeFrames(new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 4, camera }), 3);
      // A camera's frames are bytes in main memory.
      const frames = bitmaps.map((frame) => {
        const context = new OffscreenCanvas(camera.width, camera.height).getContext('2d', { willReadFrequently: true });
        if (context === null || frame.image === null) throw new Error('no picture to take bytes from');
        context.drawImage(frame.image, 0, 0);
        const { data } = context.getImageData(0, 0, camera.width, camera.height);
        const image = new VideoFrame(data, {
          format: 'RGBX',
          codedWidth: camera.width,
          codedHeight: camera.height,
          timestamp: frame.timeMs * 1000,
        });
        return { ...frame, image };
      });
      const track = (input: 'bitmap' | 'bytes') =>
        trackFrames(input === 'bitmap' ? bitmaps : frames, { engine: 'wasm' });
      const tracks = [await track(inputs[0]), await track(inputs[1])];
      let apart = 0;
      tracks[0].forEach((track, f) => {
        const [a, b] = [track.landmarks, tracks[1][f].landmarks];
        const length = Math.hypot(a[4 * 11] - a[4 * 23], a[4 * 11 + 1] - a[4 * 23 + 1]);
        for (const i of torso)
          apart = Math.max(apart, Math.hypot(a[4 * i] - b[4 * i], a[4 * i + 1] - b[4 * i + 1]) / length);
      });
      return { apart, scores: tracks.flatMap((track) => track.map(({ score }) => score)) };
    },
    { torso: TORSO, inputs },
  );
}

test('engine wasm: finds the same landmarks in a bitmap and in a camera’s bytes', async ({ page }) => {
  await openLab(page);
  const { apart, scores } = await compare(page, ['bitmap', 'bytes']);
  test.info().annotations.push({ type: 'apart, share of the torso', description: String(apart) });
  expect(Math.min(...scores)).toBeGreaterThan(0.5);
  expect(apart).toBeLessThan(0.02);
});

test('engine wasm: uses threads where the page is cross-origin isolated', async ({ page }) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await openLab(page, isolatedUrl());
  expect(await page.evaluate(() => globalThis.crossOriginIsolated)).toBe(true);
  const { apart, scores } = await compare(page, ['bytes', 'bytes']);
  expect(asked.some((path) => path.endsWith('litert_wasm_threaded_internal.wasm'))).toBe(true);
  expect(asked.some((path) => path.endsWith('litert_wasm_trimmed.wasm'))).toBe(false);
  expect(Math.min(...scores)).toBeGreaterThan(0.5);
  expect(apart).toBeLessThan(1e-3);
});

test('assets on another origin, as of a CDN: the worker, its networks and the mannequin come from there', async ({
  page,
}) => {
  // The lab's content security policy allows the page's own origin only; this page's allows a CDN.
  await page.route('**/e2e/lab.html', async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': _, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await openLab(page);
  // What a CDN sends with its files.
  const cdn = isolatedUrl();
  await page.route(`${cdn}/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(cdn, siteUrl()) });
    await route.fulfill({
      response,
      headers: {
        ...response.headers(),
        'access-control-allow-origin': '*',
        'cross-origin-resource-policy': 'cross-origin',
      },
    });
  });
  const result = await page.evaluate(
    async ({ assets, pictures }) => {
      const { createRoom, playPictures, untilStatus } = window.lab;
      const room = createRoom({ assets, engine: 'wasm' }, { garment: null, source: playPictures(pictures) });
      document.querySelector('main')?.append(room);
      await room.start();
      await untilStatus(room, 'tracking');
      return { engine: room.state.engine, error: room.state.error };
    },
    { assets: `${cdn}/assets/`, pictures: await mannequinPictures(page) },
  );
  expect(result).toEqual({ engine: 'wasm', error: null });
});
