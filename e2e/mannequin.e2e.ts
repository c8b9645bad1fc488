import { expect, keepPicture, openLab, test } from './fixtures.ts';

test('mannequin: six frames of raised arms are tracked and the garment is on the torso in each', async ({ page }) => {
  test.setTimeout(240_000);
  await openLab(page);
  const { frames, coverages, given, metrics, sheet } = await page.evaluate(async () => {
    const { createRoom, runSource, toBase64, MannequinSource } = window.lab;
    const room = createRoom();
    document.querySelector('main')?.append(room);
    const result = await runSource(
      room,
      new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 2, camera: { width: 240, height: 320 } }),
      {
        frames: 6,
        sheet: { every: 1, total: 6, options: { columns: 3, cellWidth: 240, cellHeight: 320 } },
      },
    );
    return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
  });
  test.info().annotations.push({ type: 'metrics', description: JSON.stringify(metrics) });
  await keepPicture('mannequin.png', sheet ?? '');
  expect(given).toBe(6);
  expect(frames.length).toBe(6);
  expect(coverages.length).toBe(6);
  expect(coverages.filter(({ centreOnTorso }) => !centreOnTorso).map(({ frame }) => frame)).toEqual([]);
  expect(Math.min(...coverages.map(({ torsoCovered }) => torsoCovered))).toBeGreaterThan(0.6);
});
