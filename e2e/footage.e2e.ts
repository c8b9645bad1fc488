import { expect, keepPicture, openLab, test } from './fixtures.ts';
import { hasFootage } from './serve.ts';

/** Frames of the films are scaled down to this width, pixels: drawing in software takes time for every pixel. */
const WIDTH = 240;
/** Cells of the contact sheets, pixels. */
const CELL = { cellWidth: WIDTH, cellHeight: 427 };

test('squats: every frame is tracked, in order, and the garment is on the torso in each', async ({ page }) => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  test.setTimeout(240_000);
  await openLab(page);
  const { frames, coverages, given, metrics, sheet } = await page.evaluate(async (cell) => {
    const { createRoom, runSource, toBase64, SteppedVideoSource } = window.lab;
    const room = createRoom();
    document.querySelector('main')?.append(room);
    const source = new SteppedVideoSource('/footage/squats/pose_squats.mp4', { fps: 1 });
    const result = await runSource(room, source, {
      width: cell.cellWidth,
      sheet: { every: 2, total: 8, options: { columns: 4, ...cell } },
    });
    return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
  }, CELL);
  test.info().annotations.push({ type: 'metrics', description: JSON.stringify(metrics) });
  await keepPicture('squats.png', sheet ?? '');
  // Thirteen seconds.
  expect(given).toBe(13);
  expect(frames.map(({ frame }) => frame)).toEqual(Array.from({ length: 13 }, (_, i) => i));
  expect(coverages.length).toBe(13);
  expect(coverages.filter(({ centreOnTorso }) => !centreOnTorso).map(({ frame }) => frame)).toEqual([]);
  expect(Math.min(...coverages.map(({ torsoCovered }) => torsoCovered))).toBeGreaterThan(0.6);
});

test('balancing: a man with a blurred face, filmed from above, is dressed while he raises an arm and a leg', async ({
  page,
}) => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  test.setTimeout(240_000);
  await openLab(page);
  const { frames, coverages, given, sheet } = await page.evaluate(async (cell) => {
    const { createRoom, runSource, toBase64, SteppedVideoSource } = window.lab;
    const room = createRoom();
    document.querySelector('main')?.append(room);
    const source = new SteppedVideoSource('/footage/balancing/cam02.mp4', { fps: 15 });
    const result = await runSource(room, source, {
      width: cell.cellWidth,
      measureEvery: 3,
      sheet: { every: 6, total: 8, options: { columns: 4, ...cell } },
    });
    return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
  }, CELL);
  await keepPicture('balancing.png', sheet ?? '');
  expect(given).toBeGreaterThanOrEqual(26);
  expect(frames.length).toBe(given);
  // While the face is blurred the pose model confuses front and back; the frames in between are unusable.
  const dressed = coverages.filter(({ centreOnTorso, torsoCovered }) => centreOnTorso && torsoCovered > 0.6);
  expect(dressed.length / coverages.length).toBeGreaterThan(0.9);
});

test('stills: a photo by its address is tracked and dressed', async ({ page }) => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  await openLab(page);
  const { coverages, sheet } = await page.evaluate(async (cell) => {
    const { createRoom, untilDressed, garmentCoverage, toBase64, ContactSheet } = window.lab;
    const stills = ['pose.jpg', 'portrait.jpg'];
    const paper = new ContactSheet(2 * stills.length, {
      columns: 2,
      cellWidth: 2 * cell.cellWidth,
      cellHeight: cell.cellHeight,
    });
    const coverages = [];
    for (const still of stills) {
      const room = createRoom({ source: `/footage/stills/${still}` });
      document.querySelector('main')?.append(room);
      await room.start();
      await untilDressed(room);
      // A photo is handed out twelve times; in the last frame all smoothing has settled.
      while ((room.tracked?.frame ?? 0) < 11)
        await new Promise((resolve) => room.addEventListener('track', resolve, { once: true }));
      coverages.push(await garmentCoverage(await room.snapshot({ layers: 'garment' }), room.tracked?.landmarks ?? []));
      await paper.add(await room.snapshot({ layers: 'frame' }), `${still}, as taken`);
      await paper.add(await room.snapshot(), still);
      room.remove();
    }
    return { coverages, sheet: await toBase64(await paper.toPng()) };
  }, CELL);
  await keepPicture('stills.png', sheet);
  // portrait.jpg ends at the chest: its hips are a guess, so only the garment's area is measured.
  expect(coverages[0].centreOnTorso).toBe(true);
  expect(coverages[0].torsoCovered).toBeGreaterThan(0.6);
  expect(coverages[1].area).toBeGreaterThan(0.05);
});
