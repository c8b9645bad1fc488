// Checks the mannequin, the project's synthetic person, as a source of frames: clothes, garments and exact masks.
import { expect, keepPicture, openLab, test } from './fixtures.ts';

/** Presets of clothes, shape and motion, time in the motion (ms), and the tee's size, null where none is worn. */
const FIGURES = [
  ['tight', 'female-50', 'sway', 1500, null],
  ['everyday', 'female-50', 'stand', 0, null],
  ['none', 'male-95', 'arms', 2500, null],
  ['tight', 'male-95', 'squat', 2000, null],
  ['loose', 'male-95', 'turn', 2000, null],
  ['everyday', 'male-95', 'arms-crossed', 2500, null],
  ['none', 'female-5', 'walk', 260, null],
  ['loose', 'female-5', 'arms', 1250, null],
  ['none', 'female-50', 'stand', 0, 'S'],
  ['none', 'male-95', 'arms', 1500, 'XL'],
  ['everyday', 'female-5', 'arms-crossed', 2500, 'XL'],
  ['loose', 'female-50', 'turn', 1000, 'S'],
] as const;

test('figure: clothes and real garments on bodies in motion, with the garments’ exact masks', async ({ page }) => {
  test.setTimeout(300_000);
  await openLab(page);
  const { sheet, shares, same, shape } = await page.evaluate(async (figures) => {
    const { MannequinSource, createMannequinTruth, toBase64 } = window.lab;
    const [width, height] = [360, 480];
    const canvas = new OffscreenCanvas(4 * width, (figures.length / 4 + 1) * height);
    const context = canvas.getContext('2d')!;
    const shares: { person: number; garment: number; outside: number }[] = [];
    let same: boolean | null = null;
    let shape: number[] = [];
    const bytesOf = (image: ImageBitmap): Uint8ClampedArray => {
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })!;
      copy.drawImage(image, 0, 0);
      return copy.getImageData(0, 0, width, height).data;
    };
    let worn = 0;
    for (const [i, [clothes, shapeName, motion, timeMs, size]] of figures.entries()) {
      const source = new MannequinSource({
        assets: '/assets/',
        clothes,
        shape: shapeName,
        motion,
        fps: 1000,
        swayMetres: 0.002,
        seed: 1 + (i % 3),
        camera: { width, height, distanceMetres: 2.9 },
        garments: size === null ? [] : [{ src: '/assets/tee.glb', size }],
      });
      const take = async (): Promise<ImageBitmap> => {
        source.seek(timeMs);
        return (await source.next({ image: null, width: 0, height: 0, timeMs: 0 }))!.image as ImageBitmap;
      };
      const image = await take();
      context.drawImage(image, (i % 4) * width, Math.floor(i / 4) * height);
      if (size !== null) {
        const truth = { ...createMannequinTruth(), garmentMasks: [] };
        const { personMask, garmentMasks } = source.truth(timeMs, truth as ReturnType<typeof createMannequinTruth>);
        const sums = { person: 0, garment: 0, outside: 0 };
        const data = context.createImageData(width, height);
        garmentMasks![0]!.data.forEach((c, k) => {
          sums.person += personMask!.data[k]! / 255;
          sums.garment += c / 255;
          sums.outside += Math.max(0, c - personMask!.data[k]!) / 255;
          data.data.set([c, personMask!.data[k]!, 60, 255], 4 * k);
        });
        context.putImageData(data, worn++ * width, (figures.length / 4) * height);
        shares.push(sums);
        shape = [...truth.shape];
        if (same === null) {
          source.seek(700);
          (await source.next({ image: null, width: 0, height: 0, timeMs: 0 }))!.image!.close?.();
          const [first, again] = [bytesOf(image), bytesOf(await take())];
          same = first.every((byte, k) => byte === again[k]);
        }
      }
      source.close();
    }
    return { sheet: await toBase64(await canvas.convertToBlob()), shares, same, shape };
  }, FIGURES);
  await keepPicture('figures.png', sheet);
  expect(same).toBe(true);
  expect(shape.length).toBeGreaterThan(10);
  for (const { person, garment, outside } of shares) {
    expect(garment).toBeGreaterThan(0.15 * person);
    expect(garment).toBeLessThan(0.6 * person);
    expect(outside).toBeLessThan(1);
  }
});
