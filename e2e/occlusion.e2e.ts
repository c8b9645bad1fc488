import { expect, keepPicture, openLab, test } from './fixtures.ts';
import { hasFootage } from './serve.ts';

/** Leaves a contact sheet, `occlusion.png`. */
test('crossed forearms hide the tee, and a tee on a turning body stays on the torso', async ({ page }) => {
  await openLab(page);
  const { sheet, forearms, centred, torsoCovered } = await page.evaluate(async (hasFootage) => {
    const { createRoom, showFrames, garmentCoverage, sampleAlpha, toBase64, createMannequinTruth } = window.lab;
    const { ContactSheet, MannequinSource, SteppedVideoSource } = window.lab;
    const paper = new ContactSheet(10, { columns: 3, cellWidth: 360, cellHeight: 480 });
    const mannequin = { assets: '/assets/', fps: 5, camera: { width: 360, height: 480 } };
    const crossed = new MannequinSource({ ...mannequin, motion: 'arms-crossed' });
    const turning = new MannequinSource({ ...mannequin, motion: 'turn', seed: 2 });
    crossed.seek(1000);
    turning.seek(400);
    const films: [name: string, source: Parameters<typeof showFrames>[1], from: number, show: number[]][] = [
      ['arms crossed', crossed, 0, [1, 5, 10]],
      ['turning', turning, 0, [2, 6, 10]],
    ];
    if (hasFootage) {
      const rendered = new SteppedVideoSource('/footage/rendered-male-arms/clip.mp4', { fps: 7.5 });
      films.push(['rendered arms', rendered, 14, [15, 17, 19, 22]]);
    }
    /** Opacity of the garment, 0..255, at points of both forearms, in the frames where the arms are crossed. */
    const forearms: number[] = [];
    const centred: Record<string, boolean[]> = {};
    let torsoCovered = 0;
    const room = createRoom();
    document.querySelector('main')?.append(room);
    for (const [name, source, from, show] of films) {
      centred[name] = [];
      await showFrames(room, source, { from, show }, async (index) => {
        await paper.add(await room.snapshot(), `${name}, frame ${index}`);
        const garment = await room.snapshot({ layers: 'garment' });
        const coverage = await garmentCoverage(garment, room.tracked?.landmarks ?? []);
        centred[name].push(coverage.centreOnTorso);
        if (source !== crossed || index < 5) return;
        torsoCovered = coverage.torsoCovered;
        const { landmarks } = crossed.truth(room.tracked?.timeMs ?? 0, { ...createMannequinTruth(), personMask: null });
        const points = [13, 14].flatMap((elbow) =>
          [0.4, 0.5, 0.6, 0.7, 0.8].map((share) => {
            const [a, b] = [3 * elbow, 3 * (elbow + 2)];
            const between = (axis: number): number => (1 - share) * landmarks[a + axis] + share * landmarks[b + axis];
            return { x: between(0), y: between(1) };
          }),
        );
        forearms.push(...(await sampleAlpha(garment, points)));
      });
      room.stop();
    }
    return { sheet: await toBase64(await paper.toPng()), forearms, centred, torsoCovered };
  }, hasFootage);
  test.info().annotations.push({ type: 'seen', description: JSON.stringify({ forearms, centred, torsoCovered }) });
  await keepPicture('occlusion.png', sheet);
  expect(forearms.length).toBe(20);
  expect(forearms.filter((alpha) => alpha > 127)).toEqual([]);
  expect(torsoCovered).toBeGreaterThan(0.4);
  for (const [name, frames] of Object.entries(centred)) expect(frames.every(Boolean), name).toBe(true);
});
