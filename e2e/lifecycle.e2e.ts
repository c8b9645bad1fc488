// Checks that rooms (`<fitting-room>`) give back what they take, and share nothing:
// 1. cameras of rooms that are removed and inserted again, or out of sight;
// 2. two rooms on one page;
// 3. workers and WebGL contexts of rooms that are removed at any moment of their start.
import type { Page } from 'playwright/test';
import { expect, openLab, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** Script of the page: puts every camera track that the page receives into the array `window.tracks`. */
function recordTracks(): void {
  const tracks: MediaStreamTrack[] = [];
  Object.assign(window, { tracks });
  const { mediaDevices } = navigator;
  const take = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await take(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
}

/** The `readyState` of each track in `window.tracks`, in the order in which the page received them. */
function trackStates(page: Page): Promise<MediaStreamTrackState[]> {
  return page.evaluate(() => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    return tracks.map(({ readyState }) => readyState);
  });
}

test('a removed room stops the camera; inserted elsewhere it starts again', async ({ page }) => {
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(recordTracks);
  await openLab(page);
  const result = await page.evaluate(async () => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    const { createRoom, untilStatus } = window.lab;
    // A removed room closes the camera at the end of the task: 100 ms are plenty.
    const waitToClose = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));
    const room = createRoom({ autostart: '' }, { garment: null });
    const before = room.state.status;
    document.querySelector('main')?.append(room);
    await untilStatus(room, 'searching');
    room.remove();
    await waitToClose();
    const afterRemoval = tracks.map(({ readyState }) => readyState);
    document.body.prepend(room);
    await untilStatus(room, 'searching');
    const afterReturn = tracks.map(({ readyState }) => readyState);
    // Moved in one step, as frameworks do when a list is sorted.
    document.querySelector('main')?.append(room);
    await untilStatus(room, 'searching');
    const live = tracks.filter(({ readyState }) => readyState === 'live').length;
    room.remove();
    await waitToClose();
    return {
      before,
      afterRemoval,
      afterReturn,
      live,
      atTheEnd: tracks.filter(({ readyState }) => readyState === 'live').length,
    };
  });
  expect(result.before).toBe('idle');
  expect(result.afterRemoval).toEqual(['ended']);
  expect(result.afterReturn.at(-1)).toBe('live');
  expect(result.live).toBe(1);
  expect(result.atTheEnd).toBe(0);
});

test('a room removed while the browser asks for the camera stops the stream that arrives later', async ({ page }) => {
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(recordTracks);
  await openLab(page);
  const countAtRemoval = await page.evaluate(async () => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    const { createRoom, untilStatus } = window.lab;
    const room = createRoom({}, { garment: null });
    document.querySelector('main')?.append(room);
    room.start().catch(() => undefined);
    await untilStatus(room, 'asking');
    room.remove();
    return tracks.length;
  });
  expect(countAtRemoval, 'the stream arrives after the removal').toBe(0);
  await expect.poll(() => trackStates(page), 'the stream arrives, and its track ends').toEqual(['ended']);
});

test('the shopper sees themselves while everything loads; a room out of sight gives the camera back', async ({
  page,
}) => {
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(recordTracks);
  await openLab(page);
  let letLoad = (): void => {};
  const loads = new Promise<void>((resolve) => (letLoad = resolve));
  await page.route('**/mannequin.glb', async (route) => {
    await loads;
    await route.continue();
  });
  await page.evaluate(() => {
    const { createRoom } = window.lab;
    const room = createRoom({ autostart: '' }, { garment: null });
    const details = Object.assign(document.createElement('details'), { open: false });
    // As wide as on a phone.
    room.style.inlineSize = '360px';
    details.append(room);
    document.querySelector('main')?.append(details);
  });
  const status = (): Promise<string | undefined> =>
    page.evaluate(() => document.querySelector('fitting-room')?.state.status);
  const open = (isOpen: boolean): Promise<void> =>
    page.evaluate((value) => void Object.assign(document.querySelector('details') ?? {}, { open: value }), isOpen);
  await page.waitForTimeout(300);
  expect(await status(), 'in a closed <details> nothing starts').toBe('idle');
  await open(true);
  const preview = page.locator('fitting-room [part="preview"] video');
  await expect(preview).toBeVisible();
  await expect.poll(() => preview.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await expect(page.locator('fitting-room [part="bytes"]')).toHaveText(/^[0-9.]+ of [0-9.]+ MB/);
  expect(await status()).toBe('loading');
  await page.screenshot({ path: 'e2e/output/first-contact.png' });
  letLoad();
  await expect.poll(status).toBe('searching');
  await expect(preview).toHaveCount(0);
  await open(false);
  await expect.poll(() => trackStates(page), 'the camera is given back').toEqual(['ended']);
  expect(await status()).toBe('paused');
  await open(true);
  await expect.poll(() => trackStates(page), 'and taken again').toEqual(['ended', 'live']);
  await expect.poll(status).toBe('searching');
});

test('two rooms on one page: each has its own source, garment and state', async ({ page }) => {
  await openLab(page);
  const result = await page.evaluate(
    async (pictures) => {
      const { createRoom, playPictures, untilDressed, untilStatus } = window.lab;
      const first = createRoom({ size: 'S' }, { source: playPictures(pictures) });
      const second = createRoom({ size: 'XL' }, { source: playPictures(pictures) });
      document.querySelector('main')?.append(first, second);
      await Promise.all([first.start(), second.start()]);
      await Promise.all([untilStatus(first, 'tracking'), untilStatus(second, 'tracking')]);
      await Promise.all([untilDressed(first), untilDressed(second)]);
      const sizes = [first.state.size, second.state.size];
      first.stop();
      const { frame = -1 } = second.tracked ?? {};
      await new Promise((resolve) => second.addEventListener('track', resolve, { once: true }));
      return {
        sizes,
        first: first.state.status,
        second: second.state.status,
        goesOn: (second.tracked?.frame ?? -1) > frame,
      };
    },
    await mannequinPictures(page),
  );
  expect(result).toEqual({ sizes: ['S', 'XL'], first: 'idle', second: 'tracking', goesOn: true });
});

test('a garment with one file a size: each is loaded when its size is first worn', async ({ page }) => {
  await openLab(page);
  const loaded: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('tee.glb?')) loaded.push(new URL(request.url()).search);
  });
  await page.evaluate(
    async (pictures) => {
      const { createRoom, playPictures, untilDressed } = window.lab;
      const room = createRoom({}, { garment: null, source: playPictures(pictures) });
      room.innerHTML = `<fitting-garment id="shop-tee" label="Tee">
      <source size="38" src="/assets/tee.glb?38"><source size="40" src="/assets/tee.glb?40">
    </fitting-garment>`;
      document.querySelector('main')?.append(room);
      await room.start();
      await untilDressed(room);
    },
    await mannequinPictures(page),
  );
  const room = page.locator('fitting-room');
  const worn = () => room.evaluate(({ state }: HTMLElementTagNameMap['fitting-room']) => [state.garment, state.size]);
  expect(await worn()).toEqual(['shop-tee', '38']);
  expect(loaded).toEqual(['?38']);
  await room.getByRole('button', { name: '40' }).click();
  await expect.poll(worn).toEqual(['shop-tee', '40']);
  await room.getByRole('button', { name: '38' }).click();
  await expect.poll(worn).toEqual(['shop-tee', '38']);
  expect(loaded).toEqual(['?38', '?40']);
});

test('rooms removed at any moment of their start: every worker and every WebGL context is given back', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const contexts: WebGL2RenderingContext[] = [];
    Object.assign(window, { contexts });
    for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
      const getContext = prototype.getContext as (this: unknown, kind: string, ...rest: unknown[]) => unknown;
      Object.assign(prototype, {
        getContext(this: unknown, kind: string, ...rest: unknown[]) {
          const context = getContext.call(this, kind, ...rest);
          if (context instanceof WebGL2RenderingContext && !contexts.includes(context)) contexts.push(context);
          return context;
        },
      });
    }
  });
  await openLab(page);
  await page.evaluate(async () => {
    const { createRoom, createSmallMannequin, untilStatus } = window.lab;
    // When each room is removed, in milliseconds after its start: at once, while files load, and shortly before or
    // after the first frame. `tracking`: while the room runs.
    const coldRemovals = [0, 50, 200, 400, 800, 'tracking'] as const;
    // Now the page has loaded the product's modules, so the same times fall into later steps of the start.
    const warmRemovals = [0, 200, 800, 'tracking'] as const;
    for (const removal of [...coldRemovals, ...warmRemovals]) {
      const room = createRoom({ model: 'lite' }, { source: createSmallMannequin() });
      document.querySelector('main')?.append(room);
      void room.start();
      if (removal === 'tracking') await untilStatus(room, 'tracking');
      else await new Promise((resolve) => setTimeout(resolve, removal));
      room.remove();
    }
  });
  const contexts = (): Promise<{ made: number; live: number }> =>
    page.evaluate(() => {
      const { contexts } = window as unknown as { contexts: WebGL2RenderingContext[] };
      return { made: contexts.length, live: contexts.filter((context) => !context.isContextLost()).length };
    });
  await expect.poll(() => page.workers().length).toBe(0);
  await expect.poll(async () => (await contexts()).live).toBe(0);
  // Of each of the two rooms that were removed while they ran, at least the room's own and the mannequin source's.
  expect((await contexts()).made).toBeGreaterThanOrEqual(4);
});
