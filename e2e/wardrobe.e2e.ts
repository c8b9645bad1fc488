// Checks what the room (`<fitting-room>`) tells the page of its garments, and what it wears while they load or fail.
import type { Locator, Page, Route } from 'playwright/test';
import type { FittingRoom, WardrobeEntry } from '../src/index.ts';
import { expect, openLab, test } from './fixtures.ts';
import { mannequinPictures } from './mannequin-pictures.ts';

/** Starts a room on pictures of the mannequin with these attributes, garments (`src` by id) and a button for a basket. */
async function start(
  page: Page,
  attributes: Record<string, string>,
  garments: Record<string, string>,
): Promise<{ room: Locator; basket: Locator }> {
  await openLab(page);
  await page.evaluate(
    ([attributes, garments, pictures]) => {
      const { createRoom, playPictures } = window.lab;
      const room = createRoom({ model: 'lite', ...attributes }, { garment: null, source: playPictures(pictures) });
      for (const [id, src] of Object.entries(garments))
        room.append(Object.assign(document.createElement('fitting-garment'), { id, src, label: `The ${id}` }));
      room.insertAdjacentHTML('beforeend', '<button slot="actions">Add to basket</button>');
      document.querySelector('main')?.append(room);
      const told: (readonly WardrobeEntry[])[] = [];
      const errors: string[] = [];
      Object.assign(window, { told, errors });
      room.addEventListener('wardrobe-change', ({ detail }) => told.push(detail.wardrobe));
      room.addEventListener('fitting-error', ({ detail }) => errors.push(`${detail.code}: ${detail.message}`));
      void room.start();
    },
    [attributes, garments, await mannequinPictures(page)] as const,
  );
  return { room: page.locator('fitting-room'), basket: page.getByRole('button', { name: 'Add to basket' }) };
}

/** What the room says of its garments: id and status of each. */
function statuses(room: Locator): Promise<string> {
  return room.evaluate(({ wardrobe }: FittingRoom) => wardrobe.map(({ id, status }) => `${id} ${status}`).join());
}

/** Pixels of garment in the picture that is shown; 0 while there is none. */
const coverage = (room: Locator): Promise<number> =>
  room.evaluate(async (element: FittingRoom) => {
    if (!element.tracked) return 0;
    const picture = await createImageBitmap(await element.snapshot({ layers: 'garment' }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    context?.drawImage(picture, 0, 0);
    const { data } = context?.getImageData(0, 0, picture.width, picture.height) ?? { data: [] };
    return data.filter((value, i) => i % 4 === 3 && value > 128).length;
  });

/** Polling of what takes a while on a busy machine. */
const SLOWLY = { timeout: 60_000, intervals: [100] };

test('the wardrobe lists sizes and colours and tells of changes; a garment stays on while another is loaded', async ({
  page,
}) => {
  const held: Route[] = [];
  await page.route('**/late/tee.glb', (route) => void held.push(route));
  const { room } = await start(page, { size: 'L' }, { tee: '/assets/tee.glb', late: '/late/tee.glb' });
  await expect.poll(() => statuses(room), SLOWLY).toBe('tee ready');
  const [tee] = await room.evaluate(({ wardrobe }: FittingRoom) => wardrobe);
  expect(tee).toMatchObject({ id: 'tee', label: 'The tee', size: 'L', error: null });
  expect(tee.sizes).toContain('M');
  expect([tee.colors.includes(tee.color ?? ''), tee.swatches.length]).toEqual([true, tee.colors.length]);

  await expect.poll(() => coverage(room), SLOWLY).toBeGreaterThan(500);
  await room.getByRole('button', { name: 'The late' }).click();
  await expect.poll(() => statuses(room)).toBe('late loading');
  await room.evaluate(
    (element: FittingRoom) => new Promise((drawn) => element.addEventListener('track', drawn, { once: true })),
  );
  expect(await coverage(room), 'the tee stays').toBeGreaterThan(500);
  await expect.poll(() => held.length).toBe(1);
  await held[0].continue({ url: held[0].request().url().replace('/late/', '/assets/') });
  await expect.poll(() => statuses(room), SLOWLY).toBe('late ready');
  await room.getByRole('button', { name: 'S', exact: true }).click();
  await expect.poll(() => room.evaluate(({ wardrobe }: FittingRoom) => wardrobe[0].size)).toBe('S');

  const told = await page.evaluate(() => (window as unknown as { told: WardrobeEntry[][] }).told);
  expect(told.map(([{ id, status, size }]) => `${id} ${status} ${size}`)).toEqual([
    'tee loading null',
    'tee ready L',
    'late loading null',
    'late ready L',
    'late ready S',
  ]);
});

test('no basket where no garment can be worn; it comes with one that can', async ({ page, watch }) => {
  watch.expect(/Failed to load resource/);
  const { room, basket } = await start(page, {}, { gone: '/no-such/gone.glb', tee: '/assets/tee.glb' });
  await expect.poll(() => statuses(room), SLOWLY).toBe('gone failed');
  await expect(room.getByRole('button', { name: 'The tee' })).toBeVisible(SLOWLY);
  await expect(basket).toBeHidden();
  await room.getByRole('button', { name: 'The tee' }).click();
  await expect.poll(() => statuses(room), SLOWLY).toBe('tee ready');
  await expect(basket).toBeVisible();
});

test('`garment` names none of the garments: the first is worn, and the page is told which there are', async ({
  page,
}) => {
  const { room } = await start(page, { garment: 'parka' }, { tee: '/assets/tee.glb', other: '/assets/tee.glb' });
  await expect.poll(() => statuses(room), SLOWLY).toBe('tee ready');
  const errors = await page.evaluate(() => (window as unknown as { errors: string[] }).errors);
  expect(errors).toEqual([expect.stringMatching(/^garment-unreachable: .*"parka".*tee.*other/)]);
  await expect.poll(() => coverage(room), SLOWLY).toBeGreaterThan(500);
});
