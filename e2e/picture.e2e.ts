// Checks the pixels that a room (`<fitting-room>`) draws:
// 1. a picture without a person is compared with the picture that was given;
// 2. the layer `scene` (frame and garment) is compared with the layers `frame` and `garment`, pixel by pixel: where the
//    garment shades the body, and that nothing else changes.
// Values of colours, alpha and the person's mask are 0..255.
import { expect, openLab, test } from './fixtures.ts';

test('a picture without a person passes through unchanged, and no garment is drawn', async ({ page }) => {
  await openLab(page);
  const seen = await page.evaluate(async () => {
    const { createRoom } = window.lab;
    const colors = [
      [255, 0, 0],
      [0, 128, 0],
      [18, 52, 86],
      [255, 255, 255],
      [0, 0, 0],
      [128, 128, 128],
      [250, 200, 40],
      [3, 2, 1],
    ];
    const picture = document.createElement('canvas');
    [picture.width, picture.height] = [400, 300];
    const context = picture.getContext('2d');
    colors.forEach(([r, g, b], i) => {
      if (context === null) return;
      context.fillStyle = `rgb(${r} ${g} ${b})`;
      context.fillRect(50 * i, 0, 50, 300);
    });
    const room = createRoom();
    room.source = picture;
    document.querySelector('main')?.append(room);
    await room.start();
    const read = async (layers: 'scene' | 'garment' | 'frame') => {
      const bitmap = await createImageBitmap(await room.snapshot({ layers }), {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      });
      const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      paper?.drawImage(bitmap, 0, 0);
      return colors.map((_, i) => [...(paper?.getImageData(50 * i + 25, 150, 1, 1).data ?? [])]);
    };
    const result = {
      colors,
      scene: await read('scene'),
      frame: await read('frame'),
      garment: await read('garment'),
      status: room.state.status,
      body: room.body,
    };
    room.remove();
    return result;
  });
  seen.colors.forEach((color, i) => {
    for (const layers of ['scene', 'frame'] as const) {
      color.forEach((value, channel) =>
        expect(Math.abs(seen[layers][i][channel] - value), `${layers}, bar ${i}`).toBeLessThanOrEqual(1),
      );
      expect(seen[layers][i][3]).toBe(255);
    }
    expect(seen.garment[i][3]).toBe(0);
  });
  expect(seen.status).toBe('searching');
  expect(seen.body).toBeNull();
});

test('a garment shades the body beside it, softly, and nothing else of the picture', async ({ page }) => {
  await openLab(page);
  const seen = await page.evaluate(async () => {
    const { createRoom, showFrames, untilDressed, MannequinSource } = window.lab;
    const room = createRoom();
    // Otherwise own clothes beside the garment change too.
    room.ownClothes = 'show';
    document.querySelector('main')?.append(room);
    const read = async (layers: 'scene' | 'garment' | 'frame') => {
      const bitmap = await createImageBitmap(await room.snapshot({ layers }), {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'none',
      });
      const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      if (paper === null) throw new Error('no 2D canvas to read pictures with');
      paper.drawImage(bitmap, 0, 0);
      return paper.getImageData(0, 0, bitmap.width, bitmap.height);
    };
    const isClothNear = ({ data, width }: ImageData, i: number): boolean => {
      for (const row of [-width, 0, width]) {
        for (let j = i + row - 1; j <= i + row + 1; j++) if (data[4 * j + 3] > 0) return true;
      }
      return false;
    };
    const counts = { bare: 0, brighter: 0, shaded: 0, tooDark: 0, away: 0, awayChanged: 0 };
    await showFrames(
      room,
      new MannequinSource({ assets: '/assets/', motion: 'stand', fps: 10 }),
      { show: [5] },
      async () => {
        await untilDressed(room);
        const [scene, garment, frame] = [await read('scene'), await read('garment'), await read('frame')];
        const mask = room.tracked?.mask;
        if (!mask) throw new Error('no mask of the person');
        for (let i = 0; i < scene.width * scene.height; i++) {
          // Cloth hides the body here, or covers a part of the pixel. A renderer without a GPU rounds how much it covers of
          // a pixel on its edge, at times to nothing: the pixels beside cloth are left out, too.
          if (isClothNear(garment, i)) continue;
          counts.bare++;
          const mx = Math.floor((((i % scene.width) + 0.5) * mask.width) / scene.width);
          const my = Math.floor(((Math.floor(i / scene.width) + 0.5) * mask.height) / scene.height);
          // Coverage by the person, here and in the pixels of the mask around it.
          let person = 0;
          for (let y = Math.max(0, my - 1); y <= Math.min(mask.height - 1, my + 1); y++) {
            for (let x = Math.max(0, mx - 1); x <= Math.min(mask.width - 1, mx + 1); x++)
              person = Math.max(person, mask.data[y * mask.width + x]);
          }
          let darker = 0;
          for (let c = 0; c < 3; c++) {
            const was = frame.data[4 * i + c];
            const is = scene.data[4 * i + c];
            if (is > was + 1) counts.brighter++;
            // Shade takes at most 0.35 of the value.
            if (is < 0.64 * was - 1) counts.tooDark++;
            darker = Math.max(darker, was - is);
          }
          if (darker > 8) counts.shaded++;
          if (person < 64) {
            counts.away++;
            if (darker > 1) counts.awayChanged++;
          }
        }
      },
    );
    room.remove();
    return counts;
  });
  expect(seen.bare).toBeGreaterThan(100_000);
  expect(seen.away).toBeGreaterThan(100_000);
  expect(seen).toMatchObject({ brighter: 0, tooDark: 0, awayChanged: 0 });
  // Under the hem, the cuffs and the collar.
  expect(seen.shaded).toBeGreaterThan(300);
});
