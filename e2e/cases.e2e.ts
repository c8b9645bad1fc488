// Checks garment files that other programs write, each with one peculiarity (`cases` of the data folder): the drawn
// garment has the colour that every viewer of glTF shows.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, keepPicture, openLab, test } from './fixtures.ts';
import { dataFolder } from './serve.ts';

const folder = `${dataFolder}/cases`;

/** Start of the folder's name, what the garment looks like, and the test of its mean colour: red, green, blue, 0..255. */
const LOOKS: readonly (readonly [string, string, (rgb: readonly number[]) => boolean])[] = [
  ['01', 'red, though it has no normals', ([r, g, b]) => r > 2 * g && r > 2 * b],
  ['26', 'striped, undarkened by a map on other coordinates', (rgb) => Math.min(...rgb) > 100],
  ['27', 'navy, from the old workflow of speculars', ([r, , b]) => b > 2 * r],
  ['31', 'red, without the blue of its back', ([r, , b]) => r > 2 * b],
  ['34', 'red, unpacked by Draco’s decoder', ([r, g, b]) => r > 2 * g && r > 2 * b],
  ['38', 'navy, the file’s own colour', ([r, , b]) => b > 2 * r],
  ['41', 'red, without the hidden cape', ([r, g]) => r > 2 * g],
];

test('files with peculiarities are drawn in their colours', async ({ page }) => {
  test.skip(!existsSync(folder), `no cases in ${dataFolder}`);
  test.setTimeout(240_000);
  await page.route('**/cases/*.glb', (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1)!.slice(0, 2);
    const found = readdirSync(folder).find((entry) => entry.startsWith(name))!;
    const file = readdirSync(`${folder}/${found}`).find((entry) => entry.endsWith('.glb'));
    return route.fulfill({ contentType: 'model/gltf-binary', body: readFileSync(`${folder}/${found}/${file}`) });
  });
  await openLab(page);
  const { colours, sheet } = await page.evaluate(
    async (names) => {
      const { createRoom, runSource, toBase64, ContactSheet, MannequinSource } = window.lab;
      const all = new ContactSheet(names.length, { columns: 3, cellWidth: 240, cellHeight: 342 });
      const colours: Record<string, number[]> = {};
      const room = createRoom({}, { garment: `/cases/${names[0]}.glb` });
      document.querySelector('main')?.append(room);
      for (const name of names) {
        room.querySelector('fitting-garment')?.setAttribute('src', `/cases/${name}.glb`);
        const source = new MannequinSource({ assets: '/assets/', fps: 1, camera: { width: 240, height: 320 } });
        await runSource(room, source, { frames: 2 });
        const picture = await createImageBitmap(await room.snapshot({ layers: 'garment' }));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
        context.drawImage(picture, 0, 0);
        await all.add(context.canvas, name);
        const { data } = context.getImageData(0, 0, picture.width, picture.height);
        const sums = [0, 0, 0, 0];
        for (let i = 0; i < data.length; i += 4) {
          if (data[i + 3] < 250) continue;
          for (let k = 0; k < 4; k++) sums[k] += k === 3 ? 1 : data[i + k];
        }
        colours[name] = sums.slice(0, 3).map((sum) => Math.round(sum / sums[3]));
        await room.stop();
      }
      room.remove();
      return { colours, sheet: await toBase64(await all.toPng()) };
    },
    LOOKS.map(([name]) => name),
  );
  await keepPicture('cases.png', sheet);
  for (const [name, look, isRight] of LOOKS)
    expect(isRight(colours[name]), `${name} is ${look}: ${colours[name]}`).toBe(true);
});

test('garments whose tags are closed like <fitting-garment … /> are all offered', async ({ page }) => {
  await openLab(page);
  const ids = await page.evaluate(async () => {
    const holder = document.createElement('div');
    holder.innerHTML = `
      <fitting-room garment="b">
        <fitting-garment id="a" src="/assets/tee.glb" label="Tee" />
        <fitting-garment id="b" src="/assets/tee.glb" color="navy" label="Tee in navy" />
      </fitting-room>`;
    document.querySelector('main')?.append(holder);
    const room = holder.querySelector('fitting-room')!;
    await room.updateComplete;
    return { nested: room.querySelectorAll('fitting-garment fitting-garment').length, garment: room.state.garment };
  });
  expect(ids).toEqual({ nested: 1, garment: 'b' });
});
