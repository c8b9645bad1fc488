import { expect, keepPicture, openLab, test } from './fixtures.ts';
import { hasFootage } from './serve.ts';

test('occlusion: what is before a garment, behind it and under it', async ({ page }) => {
  test.setTimeout(240_000);
  await openLab(page);
  const { sheet, shown, drawMs } = await page.evaluate(async (hasFootage) => {
    const { createRoom, showFrames, untilDressed, toBase64, ContactSheet, MannequinSource, SteppedVideoSource } =
      window.lab;
    const paper = new ContactSheet(12, { columns: 3, cellWidth: 480, cellHeight: 640 });
    const shown: string[] = [];
    /** Drawing and reading back what is dressed, over the picture alone: ms, median of 9. */
    const measureDraw = async (room: ReturnType<typeof createRoom>): Promise<number> => {
      const time = async (layers: 'scene' | 'frame'): Promise<number> => {
        const begun = performance.now();
        await room.snapshot({ layers, type: 'image/jpeg', quality: 0.1 });
        return performance.now() - begun;
      };
      const times: number[] = [];
      for (let i = 0; i < 9; i++) times.push((await time('scene')) - (await time('frame')));
      return times.sort((a, b) => a - b)[4];
    };
    if (hasFootage) {
      for (const still of ['portrait.jpg', 'pose.jpg']) {
        const room = createRoom({ source: `/footage/stills/${still}` });
        document.querySelector('main')?.append(room);
        await room.start();
        await untilDressed(room);
        while ((room.tracked?.frame ?? 0) < 11)
          await new Promise((resolve) => room.addEventListener('track', resolve, { once: true }));
        await paper.add(await room.snapshot(), still);
        shown.push(still);
        room.remove();
      }
    }
    const crossed = new MannequinSource({ assets: '/assets/', motion: 'arms-crossed', fps: 10 });
    const turning = new MannequinSource({ assets: '/assets/', motion: 'turn', fps: 10, seed: 2 });
    const films: [name: string, source: Parameters<typeof showFrames>[1], from: number, show: number[]][] = [
      ['arms crossed', crossed, 0, [12, 20, 30]],
      ['turning', turning, 0, [8, 16, 24]],
    ];
    if (hasFootage)
      films.push([
        'rendered arms',
        new SteppedVideoSource('/footage/rendered-male-arms/clip.mp4'),
        45,
        [62, 70, 78, 88],
      ]);
    let drawMs = 0;
    for (const [name, source, from, show] of films) {
      const room = createRoom();
      document.querySelector('main')?.append(room);
      await showFrames(room, source, { from, show }, async (index) => {
        await paper.add(await room.snapshot(), `${name}, frame ${index}`);
        shown.push(name);
        if (source === crossed && index === 30) drawMs = await measureDraw(room);
      });
      room.remove();
    }
    return { sheet: await toBase64(await paper.toPng()), shown, drawMs };
  }, hasFootage);
  test.info().annotations.push({ type: 'draw ms', description: String(drawMs) });
  await keepPicture('occlusion.png', sheet);
  expect(shown.length).toBe(hasFootage ? 12 : 6);
});
