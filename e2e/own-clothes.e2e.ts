// Checks that the shopper's own long sleeves are gone where a tee is tried on, in a still and in a film, and that they
// stay with own-clothes="show". The truth is the synthetic person (the project's mannequin), filmed twice in the same
// motion: in a close-fitting top with long sleeves, which the room sees, and without clothes.
import { expect, openLab, test } from './fixtures.ts';

/**
 * A sleeve is gone where the picture is nearer to the bare arm than to the sleeve. Beside the sleeve's outline, and
 * where sleeve and skin look alike, a few samples say nothing: so many of them must be gone, and as few when shown.
 */
const GONE_SHARE = 0.85;

test('own sleeves are gone in a still, are shown on request, and stay gone in a film', async ({ page }) => {
  test.setTimeout(120_000);
  await openLab(page);
  const { still, shown, film } = await page.evaluate(async () => {
    const { createRoom, createMannequinTruth, showFrames, untilDressed, MannequinSource } = window.lab;
    const options = { assets: '/assets/', motion: 'sway', fps: 5, seed: 1, skin: 'light' } as const;
    const camera = { width: 240, height: 320 };
    const bare = new MannequinSource({ ...options, camera, clothes: 'none' });
    await bare.ready();
    const truth = { ...createMannequinTruth(), personMask: null };
    const target = { image: null, width: 0, height: 0, timeMs: 0 };

    const readPixels = (image: CanvasImageSource) => {
      const context = new OffscreenCanvas(camera.width, camera.height).getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('no 2D canvas to read pictures with');
      context.drawImage(image, 0, 0, camera.width, camera.height);
      return context.getImageData(0, 0, camera.width, camera.height).data;
    };
    const room = createRoom();
    const readRoom = async (layers: 'scene' | 'frame') =>
      readPixels(await createImageBitmap(await room.snapshot({ layers })));

    /** Share of samples along the forearms at which the room shows no sleeve, `timeMs` on the mannequin's clock. */
    const measureGone = async (timeMs: number): Promise<number> => {
      bare.seek(timeMs);
      const picture = (await bare.next(target))?.image;
      if (!picture) throw new Error('no picture of the bare arms');
      const skin = readPixels(picture);
      picture.close();
      const [scene, own] = [await readRoom('scene'), await readRoom('frame')];
      const { landmarks } = bare.truth(timeMs, truth);
      let gone = 0;
      let count = 0;
      // BlazePose's landmarks: 13 and 14 are the elbows, 15 and 16 the wrists.
      for (const elbow of [13, 14]) {
        for (let share = 0; share <= 0.75; share += 0.05) {
          const at = [0, 1].map((k) => (1 - share) * landmarks[3 * elbow + k] + share * landmarks[3 * (elbow + 2) + k]);
          const pixel = 4 * (Math.floor(at[1] * camera.height) * camera.width + Math.floor(at[0] * camera.width));
          const distanceTo = (other: Uint8ClampedArray) =>
            Math.hypot(...[0, 1, 2].map((c) => scene[pixel + c] - other[pixel + c]));
          count++;
          if (distanceTo(skin) < distanceTo(own)) gone++;
        }
      }
      return gone / count;
    };

    document.querySelector('main')?.append(room);
    const sleeved = () => new MannequinSource({ ...options, camera, clothes: 'tight' });
    const film: number[] = [];
    // The room decides in its first frames. The last ones show that what is gone stays gone.
    await showFrames(room, sleeved(), { show: [0, 3, 4, 5, 6] }, async (index) => {
      await untilDressed(room);
      if (index > 0) film.push(await measureGone((1000 * index) / options.fps));
    });
    room.stop();

    const source = sleeved();
    const first = await source.next({ ...target });
    if (!first?.image) throw new Error('no picture in long sleeves');
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: camera.width, height: camera.height });
    canvas.getContext('2d')?.drawImage(first.image, 0, 0);
    source.close();
    room.source = canvas;
    await room.start();
    const still = await measureGone(0);
    room.setAttribute('own-clothes', 'show');
    await new Promise((resolve) => setTimeout(resolve, 500));
    const shown = await measureGone(0);
    room.remove();
    bare.close();
    return { still, shown, film };
  });
  test.info().annotations.push({ type: 'seen', description: JSON.stringify({ still, shown, film }) });
  expect(still).toBeGreaterThanOrEqual(GONE_SHARE);
  expect(shown).toBeLessThanOrEqual(1 - GONE_SHARE);
  expect(film.length).toBe(4);
  for (const share of film) expect(share).toBeGreaterThanOrEqual(GONE_SHARE);
});
