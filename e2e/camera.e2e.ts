// Checks the room (`<fitting-room>`) on a camera: Chromium's fake one, which plays a file that the test writes.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright/test';
import { expect, keepPicture, openLab, test, watchPage } from './fixtures.ts';
import { launch } from './launch.ts';
import { hasFootage } from './serve.ts';
import type { Y4mWriter } from './write-y4m.ts';
import { writeY4m } from './write-y4m.ts';

/** Width of the fake camera's picture, pixels: enough for the tracker, small enough to write in seconds. */
const CAMERA_WIDTH = 360;
/** Frames of its file, which the camera plays over and over: three seconds at 5 fps. */
const CAMERA_FRAMES = 15;

/** What the camera shows: a person where there is footage, else the mannequin. */
const PLAYED = hasFootage ? 'squats' : 'mannequin';

/** Writes a video file for the fake camera, at the path `file`, from frames of a source that `page` opens. */
async function makeCameraFile(page: Page, from: 'squats' | 'mannequin', file: string): Promise<void> {
  await openLab(page);
  let writer: Y4mWriter | null = null;
  await page.exposeFunction('keepFrame', (rgba: string, width: number, height: number) => {
    writer ??= writeY4m(file, width, height, 5);
    writer.add(Buffer.from(rgba, 'base64'));
  });
  await page.evaluate(
    async ([from, width, count]) => {
      const { SteppedVideoSource, MannequinSource, readFrames } = window.lab;
      const source =
        from === 'squats'
          ? new SteppedVideoSource('/footage/squats/pose_squats.mp4', { fps: 5 })
          : new MannequinSource({ assets: '/assets/', fps: 5, camera: { width, height: (width * 4) / 3 } });
      const { keepFrame } = window as unknown as {
        keepFrame: (rgba: string, width: number, height: number) => Promise<void>;
      };
      await readFrames(source, width, count, keepFrame);
    },
    [from, CAMERA_WIDTH, CAMERA_FRAMES] as const,
  );
  (writer as Y4mWriter | null)?.close();
}

test(`a real camera (playing ${PLAYED}) is asked for, tracked, dressed and given back`, async ({ page: maker }) => {
  const folder = fileURLToPath(new URL('output/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const file = `${folder}${PLAYED}.y4m`;
  await makeCameraFile(maker, PLAYED, file);
  await maker.close();

  const browser = await launch({ add: [`--use-file-for-fake-video-capture=${file}`] });
  const page = await browser.newPage({ permissions: ['camera'] });
  const watch = watchPage(page);
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    Object.assign(window, { tracks });
    const { mediaDevices } = navigator;
    const take = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await take(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
  });
  await openLab(page);
  const result = await page.evaluate(async () => {
    const { createRoom, untilDressed, untilStatus, garmentCoverage, toBase64 } = window.lab;
    const room = createRoom();
    const statuses: string[] = [];
    room.addEventListener('status-change', () => statuses.push(room.state.status));
    document.querySelector('main')?.append(room);
    statuses.push(room.state.status);
    await room.start();
    await untilStatus(room, 'tracking');
    await untilDressed(room);
    await new Promise((resolve) => room.addEventListener('track', resolve, { once: true }));
    const landmarks = structuredClone(room.tracked?.landmarks ?? []);
    const coverage = await garmentCoverage(await room.snapshot({ layers: 'garment' }), landmarks);
    const picture = await toBase64(await room.snapshot());
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    const live = tracks.map(({ readyState }) => readyState);
    room.stop();
    return {
      statuses,
      coverage,
      picture,
      live,
      ended: tracks.map(({ readyState }) => readyState),
      after: room.state.status,
    };
  });
  await keepPicture(`camera-${PLAYED}.png`, result.picture);
  expect(result.statuses[0]).toBe('idle');
  expect(result.statuses).toEqual(expect.arrayContaining(['loading', 'asking', 'searching', 'tracking']));
  expect(result.coverage.centreOnTorso).toBe(true);
  expect(result.coverage.torsoCovered).toBeGreaterThan(0.6);
  expect(result.live).toContain('live');
  expect(result.ended.every((state) => state === 'ended')).toBe(true);
  expect(result.after).toBe('idle');
  expect(watch.complaints).toEqual([]);
  expect(watch.foreign).toEqual([]);
  await browser.close();
});
