import { expect, openLab, test } from './fixtures.ts';

test('the picture passes through unchanged, and nothing is drawn on nobody', async ({ page }) => {
  await openLab(page);
  const seen = await page.evaluate(async () => {
    const { createRoom } = window.lab;
    const colors = [[255, 0, 0], [0, 128, 0], [18, 52, 86], [255, 255, 255], [0, 0, 0], [128, 128, 128], [250, 200, 40], [3, 2, 1]];
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
      const bitmap = await createImageBitmap(await room.snapshot({ layers }), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
      const paper = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d', { willReadFrequently: true });
      paper?.drawImage(bitmap, 0, 0);
      return colors.map((_, i) => [...(paper?.getImageData(50 * i + 25, 150, 1, 1).data ?? [])]);
    };
    const result = { colors, scene: await read('scene'), frame: await read('frame'), garment: await read('garment'), status: room.state.status, body: room.body };
    room.remove();
    return result;
  });
  seen.colors.forEach((color, i) => {
    for (const layers of ['scene', 'frame'] as const) {
      color.forEach((value, channel) => expect(Math.abs(seen[layers][i][channel] - value), `${layers}, bar ${i}`).toBeLessThanOrEqual(1));
      expect(seen[layers][i][3]).toBe(255);
    }
    expect(seen.garment[i][3]).toBe(0);
  });
  expect(seen.status).toBe('searching');
  expect(seen.body).toBeNull();
});
