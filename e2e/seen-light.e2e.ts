// Checks that a worn garment has the shade that the shopper's own clothes have in the picture. The synthetic person (the
// project's mannequin) is shown as a photo, once as filmed, and once with a soft shadow over one side of the trunk, as of
// a person or a lamp's edge beside it: no light that is estimated from the whole picture explains it.
import { expect, openLab, test } from './fixtures.ts';

/** Share of its light that the shadow leaves. */
const SHADOW = 0.5;

test('a shadow on the own clothes falls on the garment, too', async ({ page }) => {
  await openLab(page);
  const seen = await page.evaluate(async (shadow) => {
    const { createRoom, createMannequinTruth, untilDressed, MannequinSource } = window.lab;
    const [width, height] = [360, 480];
    const source = new MannequinSource({
      assets: '/assets/',
      motion: 'stand',
      view: 'knees-up',
      camera: { width, height },
      clothes: 'tight',
      seed: 1,
    });
    const frame = await source.next({ image: null, width: 0, height: 0, timeMs: 0 });
    if (!frame?.image) throw new Error('no picture of the person');
    const { landmarks } = source.truth(0, { ...createMannequinTruth(), personMask: null });
    // BlazePose's landmarks: 11 and 12 are the shoulders, 23 and 24 the hips.
    const placeOf = (across: number, down: number) =>
      [0, 1].map((k) => {
        const top = (1 - across) * landmarks[3 * 11 + k] + across * landmarks[3 * 12 + k];
        const bottom = (1 - across) * landmarks[3 * 23 + k] + across * landmarks[3 * 24 + k];
        return ((1 - down) * top + down * bottom) * [width, height][k];
      });
    const picture = document.createElement('canvas');
    Object.assign(picture, { width, height });
    const context = picture.getContext('2d');
    if (context === null) throw new Error('no 2D canvas to draw the picture with');

    const read = async (room: ReturnType<typeof createRoom>) => {
      const paper = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (paper === null) throw new Error('no 2D canvas to read pictures with');
      paper.drawImage(await createImageBitmap(await room.snapshot({ layers: 'scene' })), 0, 0, width, height);
      // Green of a square of 7 px, as light.
      return [0.25, 0.75].map((across) => {
        const [x, y] = placeOf(across, 0.6);
        const { data } = paper.getImageData(Math.round(x) - 3, Math.round(y) - 3, 7, 7);
        let sum = 0;
        for (let i = 0; i < 49; i++) sum += (data[4 * i + 1] / 255) ** 2.2;
        return sum / 49;
      });
    };
    const measure = async (light: number) => {
      context.globalCompositeOperation = 'source-over';
      context.drawImage(frame.image as CanvasImageSource, 0, 0, width, height);
      const [x, y] = placeOf(0.25, 0.6);
      const value = Math.round(255 * light ** (1 / 2.2));
      const radius = Math.abs(placeOf(0.75, 0.6)[0] - x);
      const shade = context.createRadialGradient(x, y, 0.4 * radius, x, y, 0.8 * radius);
      shade.addColorStop(0, `rgb(${value} ${value} ${value})`);
      shade.addColorStop(1, '#fff');
      context.globalCompositeOperation = 'multiply';
      context.fillStyle = shade;
      context.fillRect(0, 0, width, height);
      const room = createRoom();
      room.source = picture;
      document.querySelector('main')?.append(room);
      await room.start();
      await untilDressed(room);
      const [shaded, other] = await read(room);
      room.remove();
      return shaded / other;
    };
    const result = { plain: await measure(1), shaded: await measure(shadow) };
    frame.image.close();
    source.close();
    return result;
  }, SHADOW);
  test.info().annotations.push({ type: 'seen', description: JSON.stringify(seen) });
  const share = seen.shaded / seen.plain;
  expect(share).toBeLessThan(0.75);
  expect(share).toBeGreaterThan(0.9 * SHADOW);
});
