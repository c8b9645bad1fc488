// Checks downloads that fail in the midst: the room (`<fitting-room>`) gives up those that fall silent, not those that
// are slow, and the message names the file. `serve-faults.ts` brings the faults about.
import type { Page, Route } from 'playwright/test';
import type { FittingRoom } from '../src/index.ts';
import { expect, openLab, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** Chromium's own messages about failed requests. */
const FAILED_REQUEST = /Failed to load resource|MIME type/;
/** Polling of what takes a while: 20 s of silence, and loading on a busy machine. */
const SLOWLY = { timeout: 60_000, intervals: [200] };

/** Starts a room on pictures of the mannequin, and notes its errors in the page, as `code: message`. */
async function start(page: Page, attributes: Record<string, string>, garments: [id: string, src: string][] = []) {
  await openLab(page);
  await page.evaluate(
    ([attributes, garments, pictures]) => {
      const errors: string[] = [];
      Object.assign(window, { errors });
      const room = window.lab.createRoom(
        { model: 'lite', ...attributes },
        { garment: null, source: window.lab.playPictures(pictures) },
      );
      for (const [id, src] of garments)
        room.append(Object.assign(document.createElement('fitting-garment'), { id, src }));
      room.addEventListener('fitting-error', ({ detail }) => errors.push(`${detail.code}: ${detail.message}`));
      document.querySelector('main')?.append(room);
      void room.start();
    },
    [attributes, garments, await mannequinPictures(page)] as const,
  );
  const room = page.locator('fitting-room');
  return {
    room,
    errors: (): Promise<string[]> => page.evaluate(() => (window as unknown as { errors: string[] }).errors),
    status: (): Promise<string> => room.evaluate((element: FittingRoom) => element.state.status),
  };
}

for (const [fault, name, meaning] of [
  ['half', 'pose_landmark_lite.tflite', /^model-unreachable: \S+ .*no byte has come for 20 s, after \d+ bytes/],
  ['half', 'litert_wasm_trimmed.wasm', /^model-unreachable: \S+ .*no byte has come for 20 s, after \d+ bytes/],
  ['half', 'mannequin.glb', /^model-unreachable: .*no byte has come for 20 s, after \d+ bytes/],
  ['cut', 'pose_detection.tflite', /^model-unreachable: \S+ ends after \d+ of \d+ bytes: serve the whole file/],
  ['cut', 'litert_wasm_trimmed.wasm', /^model-unreachable: \S+ ends after \d+ of \d+ bytes: serve the whole file/],
  ['page', 'pose_landmark_lite.tflite', /^model-unreachable: .*is no \.tflite file.*web page in place of the file/],
  ['scrambled', 'pose_landmark_lite.tflite', /^model-unreachable: \S+ is not the model of this version/],
  ['empty', 'mannequin.glb', /^model-unreachable: .*The file is empty/],
  ['empty', 'pose_detection.tflite', /^model-unreachable: \S+ ends after 0 of \d+ bytes.*The file is empty/],
  ['missing', 'litert_wasm_trimmed.wasm', /^model-unreachable: .*answers 404.*`assets`/],
  ['closed', 'mannequin.glb', /^model-unreachable: .*answers 403.*readable for everybody/],
  ['silent', 'mannequin.glb', /^model-unreachable: .*no byte has come for 20 s.*does not answer within 4 s/],
  ['text', 'tracking-worker.js', /^model-unreachable: .*its script failed.*run it only as "text\/javascript"/],
  ['page', 'tracking-worker.js', /^model-unreachable: .*web page in place of the file/],
] as const)
  test(`${name}, ${fault}: one error names the file and its own way out`, async ({ page, watch }) => {
    watch.expect(FAILED_REQUEST);
    const { errors } = await start(page, { assets: `/faults/${fault}/${name}/assets/` });
    await expect.poll(errors, SLOWLY).toHaveLength(1);
    const [message] = await errors();
    expect(message).toMatch(meaning);
    expect(message).toContain(name);
    expect(message, 'another engine needs the same files').not.toContain('fitting-room-extras');
  });

test('a model that comes slowly, but comes, is waited for', async ({ page }) => {
  const { errors, status } = await start(page, { assets: '/faults/slow/pose_landmark_lite.tflite/assets/' });
  await expect.poll(status, { ...SLOWLY, timeout: 90_000 }).toBe('tracking');
  expect(await errors()).toEqual([]);
});

for (const [fault, name, meaning] of [
  ['text', 'litert_wasm_trimmed.wasm', 'the type of WebAssembly does not matter'],
  ['unkept', 'litert_wasm_internal.js', 'a script that must not be kept is run all the same'],
] as const)
  test(`${name}, ${fault}: ${meaning}`, async ({ page }) => {
    const { errors, status } = await start(page, { assets: `/faults/${fault}/${name}/assets/`, engine: 'wasm' });
    await expect.poll(status, SLOWLY).toBe('tracking');
    expect(await errors()).toEqual([]);
  });

test('a garment that falls silent is given up: the other one stays worn, and trying again loads it', async ({
  page,
}) => {
  const { room, errors, status } = await start(page, { garment: 'tee silent' }, [
    ['tee', '/assets/tee.glb'],
    ['silent', '/faults/once-half/tee.glb/assets/tee.glb'],
  ]);
  await expect.poll(status, SLOWLY).toBe('tracking');
  await expect.poll(errors, SLOWLY).toHaveLength(1);
  expect((await errors())[0]).toMatch(
    /^garment-unreachable: .*once-half\/tee\.glb\/assets\/tee\.glb .*no byte has come for 20 s, after \d+ bytes/,
  );
  expect(await status()).toBe('tracking');
  expect(await room.evaluate((element: FittingRoom) => element.state.size)).toBe('M');
  await room.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => room.evaluate((element: FittingRoom) => element.state.error), SLOWLY).toBe(null);
  await expect(room.getByRole('alert')).toHaveCount(0);
});

test('a module of the room that does not come is told of, and trying again gets it', async ({ page, watch }) => {
  watch.expect(FAILED_REQUEST);
  const held: Route[] = [];
  await page.route('**/e2e/lab/stages-*.js', (route) => void held.push(route));
  const { room, errors, status } = await start(page, {});
  await expect.poll(errors, SLOWLY).toHaveLength(1);
  expect((await errors())[0]).toMatch(/^model-unreachable: The fitting room's own modules .*no byte has come for 20 s/);
  // Browsers keep the request until its connection breaks; then they send another.
  for (const route of held) await route.abort();
  await page.unroute('**/e2e/lab/stages-*.js');
  await room.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(status, SLOWLY).toBe('tracking');
});
