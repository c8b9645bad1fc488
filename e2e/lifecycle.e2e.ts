import { expect, openLab, test } from './fixtures.ts';

/** Gives the page a list of every camera track it was ever handed. */
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

test('a removed room gives the camera back; put elsewhere it comes up again', async ({ page }) => {
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(recordTracks);
  await openLab(page);
  const result = await page.evaluate(async () => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    const { createRoom, untilStatus } = window.lab;
    const room = createRoom({ autostart: '' });
    const before = room.state.status;
    document.querySelector('main')?.append(room);
    await untilStatus(room, 'searching');
    room.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const afterRemoval = tracks.map(({ readyState }) => readyState);
    document.body.prepend(room);
    await untilStatus(room, 'searching');
    const afterReturn = tracks.map(({ readyState }) => readyState);
    // Moved in one step, as frameworks do when a list is sorted.
    document.querySelector('main')?.append(room);
    await untilStatus(room, 'searching');
    const live = tracks.filter(({ readyState }) => readyState === 'live').length;
    room.remove();
    await new Promise((resolve) => setTimeout(resolve, 100));
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

test('removed while the camera is still being asked for: what arrives late is given back', async ({ page }) => {
  await page.context().grantPermissions(['camera']);
  await page.addInitScript(recordTracks);
  await openLab(page);
  const live = await page.evaluate(async () => {
    const { tracks } = window as unknown as { tracks: MediaStreamTrack[] };
    const { createRoom, untilStatus } = window.lab;
    const room = createRoom();
    document.querySelector('main')?.append(room);
    room.start().catch(() => undefined);
    await untilStatus(room, 'asking');
    room.remove();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return tracks.filter(({ readyState }) => readyState === 'live').length;
  });
  expect(live).toBe(0);
});

test('two rooms on one page: each has its own source, garment and state', async ({ page }) => {
  await openLab(page);
  const result = await page.evaluate(async () => {
    const { createRoom, createSmallMannequin, untilDressed, untilStatus } = window.lab;
    const first = createRoom({ size: 'S' }, { source: createSmallMannequin() });
    const second = createRoom({ size: 'XL' }, { source: createSmallMannequin() });
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
  });
  expect(result).toEqual({ sizes: ['S', 'XL'], first: 'idle', second: 'tracking', goesOn: true });
});

test('20 × made, started and removed: every worker and every WebGL context is given back', async ({ page, watch }) => {
  test.setTimeout(240_000);
  // Chromium allows 16 contexts and warns when it has to take the oldest away.
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (/too many active webgl contexts/i.test(message.text())) warnings.push(message.text());
  });
  await openLab(page);
  await page.evaluate(async () => {
    const { createRoom, createSmallMannequin, untilStatus } = window.lab;
    // Removed at once, in the midst of loading, shortly before or after the first frame, and while it runs.
    const delaysMs = [0, 50, 200, 800, Infinity];
    for (let i = 0; i < 20; i++) {
      const room = createRoom({ model: 'lite' }, { source: createSmallMannequin() });
      document.querySelector('main')?.append(room);
      void room.start();
      const delayMs = delaysMs[i % delaysMs.length];
      if (delayMs === Infinity) await untilStatus(room, 'tracking');
      else await new Promise((resolve) => setTimeout(resolve, delayMs));
      room.remove();
    }
  });
  await expect.poll(() => page.workers().length).toBe(0);
  expect(warnings).toEqual([]);
  expect(watch.complaints).toEqual([]);
});
