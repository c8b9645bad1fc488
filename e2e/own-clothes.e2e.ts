// Checks that the shopper's own long sleeves are gone where a tee is tried on, in a still and in a film, and that they
// stay with own-clothes="show". The truth is the synthetic person (the project's mannequin), filmed twice in the same
// motion: in a close-fitting top with long sleeves, which the room sees, and without clothes.
// A second test plays a film of a real person three times, and looks for the colour of the own top in every frame.
import { expect, openLab, test } from './fixtures.ts';
import { hasFootage } from './serve.ts';

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

/** Rounds of the film, and its frames a second. */
const ROUNDS = 3;
const SQUATS_FPS = 1;
/** Red less the mean of green and blue, 0..255, from which a pixel has the colour of that top; skin stays below 70. */
const PINK = 90;
/** Share of the top's pixels that may keep its colour: mixed pixels at its outline. */
const LEFT_SHARE = 0.02;

test('a pink top is gone in three rounds of squats, and no part of it comes back for more than one frame', async ({
  page,
}) => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  test.setTimeout(600_000);
  await openLab(page);
  const { left, own } = await page.evaluate(
    async ({ rounds, fps, pink }) => {
      const { createRoom, showFrames, SteppedVideoSource } = window.lab;
      const open = () => new SteppedVideoSource('/footage/squats/pose_squats.mp4', { fps });
      const width = 240;
      let source = open();
      let round = 0;
      let roundMs = 0;
      let lastMs = 0;
      /** The rounds follow each other on one clock, as before a camera. */
      const film: Parameters<typeof showFrames>[1] = {
        live: false,
        width: 240,
        height: 427,
        async next(target) {
          let frame = await source.next(target);
          if (!frame && ++round < rounds) {
            source.close();
            source = open();
            roundMs = lastMs + 1000 / fps;
            frame = await source.next(target);
          }
          if (!frame?.image) return null;
          const { image } = frame;
          frame.image = await createImageBitmap(image, { resizeWidth: width, resizeQuality: 'high' });
          image.close();
          frame.width = frame.image.width;
          frame.height = frame.image.height;
          lastMs = frame.timeMs += roundMs;
          return frame;
        },
        close: () => source.close(),
      };
      const room = createRoom();
      document.querySelector('main')?.append(room);
      const readRoom = async (layers: 'scene' | 'frame') => {
        const picture = await createImageBitmap(await room.snapshot({ layers }));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
        context.drawImage(picture, 0, 0);
        return context.getImageData(0, 0, picture.width, picture.height);
      };
      const left: number[] = [];
      const own: number[] = [];
      const framesARound = 13;
      const show = Array.from({ length: rounds * framesARound }, (_, i) => i);
      await showFrames(room, film, { show }, async () => {
        const [scene, frame] = [await readRoom('scene'), await readRoom('frame')];
        const landmarks = room.tracked?.landmarks ?? [];
        // BlazePose's shoulders and hips: the pink band around the thighs is below.
        const corners = [11, 12, 23, 24].map((landmark) => landmarks[landmark] ?? { x: 0, y: 0 });
        const xs = corners.map(({ x }) => x);
        const ys = corners.map(({ y }) => y);
        const breadth = Math.max(...xs) - Math.min(...xs);
        const top = Math.min(ys[0], ys[1]);
        const bottom = Math.max(ys[2], ys[3]);
        let ownPixels = 0;
        let leftPixels = 0;
        for (let y = 0; y < frame.height; y++) {
          for (let x = 0; x < frame.width; x++) {
            const place = [x / frame.width, y / frame.height];
            if (place[0] < Math.min(...xs) - 0.3 * breadth || place[0] > Math.max(...xs) + 0.3 * breadth) continue;
            if (place[1] < top - 0.2 * (bottom - top) || place[1] > top + 0.8 * (bottom - top)) continue;
            const pixel = 4 * (y * frame.width + x);
            const isPink = ({ data }: ImageData) => data[pixel] - (data[pixel + 1] + data[pixel + 2]) / 2 >= pink;
            if (!isPink(frame)) continue;
            ownPixels++;
            if (isPink(scene)) leftPixels++;
          }
        }
        own.push(ownPixels);
        left.push(leftPixels / Math.max(1, ownPixels));
      });
      room.remove();
      return { left, own };
    },
    { rounds: ROUNDS, fps: SQUATS_FPS, pink: PINK },
  );
  test.info().annotations.push({ type: 'seen', description: JSON.stringify({ left, own }) });
  expect(left.length).toBe(ROUNDS * 13);
  // The film shows the top in every frame.
  expect(Math.min(...own)).toBeGreaterThan(500);
  const lasting = left.slice(1).map((share, i) => Math.min(share, left[i]));
  expect(Math.max(...lasting)).toBeLessThan(LEFT_SHARE);
  expect(left.filter((share) => share >= LEFT_SHARE).length).toBeLessThan(ROUNDS);
});
