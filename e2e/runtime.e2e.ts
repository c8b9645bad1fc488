// Checks the files of `assets/runtime` that the layout changes: LiteRT's WebAssembly without the functions that no
// network calls, and networks with rounded weights. The same pictures are tracked with these files and with those of the
// packages, which the test sends in their place.
import type { Page } from 'playwright/test';
// @ts-expect-error plain JavaScript without types: the asset layout reads it before anything is compiled
import { trimWasm } from '../tools/assets/trim-wasm.mjs';
import { expect, openLab, siteUrl, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

const LITERT = 'node_modules/@litertjs/core/wasm';
const POSE = 'node_modules/@mediapipe/pose';
/** Files of the packages, by the name of what the layout makes of them. */
const ORIGINALS = {
  'litert_wasm_trimmed.wasm': `${LITERT}/litert_wasm_internal.wasm`,
  'pose_detection.tflite': `${POSE}/pose_solution_packed_assets.data`,
  'pose_landmark_lite.tflite': `${POSE}/pose_landmark_lite.tflite`,
};
/** BlazePose's indices of the left shoulder and the left hip; those of the right follow. */
const SHOULDER = 11;
const HIP = 23;

/** Lets the server send the package's file in place of `name`, from now on. */
async function sendOriginal(page: Page, name: keyof typeof ORIGINALS): Promise<void> {
  await page.route(`**/runtime/${name}`, (route) => route.fulfill({ path: ORIGINALS[name] }));
}

/** What one picture gave: 33 × (x, y, z, visibility) with x and y in pixels; the mask, 0..255 a pixel. */
interface Track {
  score: number;
  landmarks: number[];
  mask: number[];
}

/**
 * Tracks pictures with the engine `wasm`, each from the start, so that the detector looks for the person: the hero
 * picture, and three frames of the mannequin. If `isMoved`, the pictures are moved to the right by a pixel of the
 * landmark network's input, and the landmarks back; the input is four torsos wide, 256 pixels.
 */
function trackPictures(page: Page, model: 'lite' | 'full', isMoved = false): Promise<Track[]> {
  return page.evaluate(
    async ({ model, photo, isMoved }) => {
      const { MannequinSource, takeFrames, trackFrames } = window.lab;
      const hero = await createImageBitmap(await (await fetch(photo)).blob());
      const camera = { width: 360, height: 480 };
      const source = new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 2, camera });
      const frames = [
        { image: hero, width: hero.width, height: hero.height, timeMs: 0 },
        ...(await takeFrames(source, 3)),
      ];
      const tracks: Track[] = [];
      for (const frame of frames) {
        const by = isMoved ? Math.round(frame.height / 200) : 0;
        const context = new OffscreenCanvas(frame.width, frame.height).getContext('2d')!;
        context.drawImage(frame.image!, 0, 0);
        context.drawImage(frame.image!, by, 0);
        const image = context.canvas.transferToImageBitmap();
        const [{ score, landmarks, mask }] = await trackFrames([{ ...frame, image }], { engine: 'wasm', model });
        tracks.push({
          score,
          landmarks: [...landmarks.map((value, i) => value - (i % 4 ? 0 : by))],
          mask: [...mask.data],
        });
      }
      return tracks;
    },
    { model, photo: '/demo/pictures/hero.webp', isMoved },
  );
}

test('the trimmed WebAssembly gives what the whole file gives, bit for bit, with the models lite and full', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openLab(page);
  const trimmed = { lite: await trackPictures(page, 'lite'), full: await trackPictures(page, 'full') };
  await sendOriginal(page, 'litert_wasm_trimmed.wasm');
  expect({ lite: await trackPictures(page, 'lite'), full: await trackPictures(page, 'full') }).toEqual(trimmed);
  expect(Math.min(...trimmed.lite.map(({ score }) => score))).toBeGreaterThan(0.5);
});

/**
 * Compares two series of tracks of the same pictures. `apart`: mean distance of visible landmarks, as a share of the
 * torso; `maskOverlap`: the least share of the masks' union that both cover.
 */
function compare(a: readonly Track[], b: readonly Track[]): { apart: number; maskOverlap: number } {
  const distances: number[] = [];
  let maskOverlap = 1;
  for (const [i, { landmarks, mask }] of a.entries()) {
    const middle = (left: number, k: number): number => (landmarks[4 * left + k] + landmarks[4 * left + 4 + k]) / 2;
    const torso = Math.hypot(middle(SHOULDER, 0) - middle(HIP, 0), middle(SHOULDER, 1) - middle(HIP, 1));
    for (let at = 0; at < landmarks.length; at += 4) {
      if (landmarks[at + 3] < 0.5) continue;
      const [dx, dy] = [0, 1].map((k) => landmarks[at + k] - b[i].landmarks[at + k]);
      distances.push(Math.hypot(dx, dy) / torso);
    }
    const isIn = (pixel: number): [boolean, boolean] => [mask[pixel] > 127, b[i].mask[pixel] > 127];
    const pixels = mask.map((_, pixel) => isIn(pixel));
    const common = pixels.filter(([inA, inB]) => inA && inB).length;
    maskOverlap = Math.min(maskOverlap, common / pixels.filter(([inA, inB]) => inA || inB).length);
  }
  return { apart: distances.reduce((sum, each) => sum + each) / distances.length, maskOverlap };
}

test('rounded weights: landmarks and masks change less than by a picture that moves by a pixel of the network', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await openLab(page);
  const rounded = await trackPictures(page, 'lite');
  await sendOriginal(page, 'pose_landmark_lite.tflite');
  const exactLandmarks = compare(await trackPictures(page, 'lite'), rounded);
  test.info().annotations.push({ type: 'landmark network', description: JSON.stringify(exactLandmarks) });
  await sendOriginal(page, 'pose_detection.tflite');
  const exact = await trackPictures(page, 'lite');
  const both = compare(exact, rounded);
  test.info().annotations.push({ type: 'both networks', description: JSON.stringify(both) });
  // What the same networks make of the same pictures, moved.
  const moved = compare(exact, await trackPictures(page, 'lite', true));
  test.info().annotations.push({ type: 'moved pictures', description: JSON.stringify(moved) });

  expect(exactLandmarks.apart).toBeGreaterThan(0);
  expect(exactLandmarks.apart).toBeLessThan(0.005);
  expect(exactLandmarks.maskOverlap).toBeGreaterThan(0.99);
  expect(both.apart).toBeLessThan(moved.apart);
  expect(both.maskOverlap).toBeGreaterThan(0.97);
});

test('a function that is missing in the trimmed WebAssembly: the room goes on with the whole file', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname.split('/').at(-1) ?? ''));
  const warnings: string[] = [];
  page.on('console', (message) => message.type() === 'warning' && warnings.push(message.text()));
  await openLab(page);
  // In place of LiteRT's kernels: a module that imports and exports the same, and whose functions all trap.
  const response = await page.request.get(`${siteUrl()}/assets/runtime/litert_wasm_trimmed.wasm`);
  const whole = await response.body();
  // As long as the file, whose length the room knows: the rest is a custom section (id 0, its size, an empty name).
  const trapping = Buffer.alloc(whole.length);
  const module = trimWasm(whole, () => false) as Buffer;
  module.copy(trapping);
  let size = whole.length - module.length - 6;
  for (let i = 1; i <= 5; i++, size >>= 7) trapping[module.length + i] = (size & 0x7f) | (i < 5 ? 0x80 : 0);
  await page.route('**/litert_wasm_trimmed.wasm', (route) =>
    route.fulfill({ body: trapping, contentType: 'application/wasm' }),
  );
  const result = await page.evaluate(
    async ({ pictures }) => {
      const { createRoom, playPictures, untilStatus } = window.lab;
      const room = createRoom({ engine: 'wasm' }, { garment: null, source: playPictures(pictures) });
      document.querySelector('main')?.append(room);
      await room.start();
      await untilStatus(room, 'tracking');
      return { engine: room.state.engine, error: room.state.error };
    },
    { pictures: await mannequinPictures(page) },
  );
  expect(result).toEqual({ engine: 'wasm', error: null });
  expect(asked.filter((file) => file.startsWith('litert') && file.endsWith('.wasm'))).toEqual([
    'litert_wasm_trimmed.wasm',
    'litert_wasm_compat_internal.wasm',
  ]);
  expect(warnings.filter((text) => text.includes('wasm engine failed'))).toHaveLength(1);
});
