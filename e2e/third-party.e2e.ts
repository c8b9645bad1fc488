// Checks garments that this project did not make, in a room (`<fitting-room>`).
import { existsSync, readFileSync } from 'node:fs';
import { expect, keepPicture, openLab, test } from './fixtures.ts';
import { dataFolder } from './serve.ts';

/** Names of the files, and the preset of the mannequin that wears each. */
const GARMENTS = [
  { name: 'male_casualsuit01', shape: 'male-50' },
  { name: 'male_elegantsuit01', shape: 'male-50' },
  { name: 'female_elegantsuit01', shape: 'female-50' },
] as const;

/** Size of the frames, pixels: few, because drawing in software takes time for every pixel. */
const SIZE = { width: 240, height: 320 };

test('garments of another maker, on another rig, hang on a person in motion', async ({ page }) => {
  test.skip(!existsSync(`${dataFolder}/garments`), `no garments in ${dataFolder}`);
  test.setTimeout(240_000);
  // The server serves the footage only.
  await page.route('**/third-party/*.glb', (route) =>
    route.fulfill({
      contentType: 'model/gltf-binary',
      body: readFileSync(`${dataFolder}/garments/${new URL(route.request().url()).pathname.split('/').at(-1)}`),
    }),
  );
  await openLab(page);
  const { sheet, runs } = await page.evaluate(
    async ([garments, size]) => {
      const { createRoom, runSource, toBase64, ContactSheet, MannequinSource } = window.lab;
      const cell = { columns: 4, cellWidth: size.width, cellHeight: size.height };
      const all = new ContactSheet(garments.length, {
        columns: 1,
        cellWidth: 4 * size.width,
        cellHeight: size.height + 22,
      });
      const runs: { name: string; frames: number; covered: number }[] = [];
      // One room shows all garments, one after the other.
      const room = createRoom({}, { garment: `/third-party/${garments[0].name}.glb` });
      document.querySelector('main')?.append(room);
      for (const { name, shape } of garments) {
        room.querySelector('fitting-garment')?.setAttribute('src', `/third-party/${name}.glb`);
        const pictures = new ContactSheet(4, cell);
        const run = { name, frames: 0, covered: 1 };
        for (const motion of ['arms', 'sway'] as const) {
          const source = new MannequinSource({
            assets: '/assets/',
            motion,
            shape,
            view: 'whole',
            fps: 1,
            camera: size,
          });
          // The motions begin at rest.
          source.seek(1000);
          const { frames, coverages, sheet } = await runSource(room, source, {
            frames: 2,
            sheet: { every: 1, total: 2, options: { ...cell, columns: 2 } },
          });
          run.frames += frames.length;
          run.covered = Math.min(run.covered, ...coverages.map(({ torsoCovered }) => torsoCovered));
          const row = sheet && (await createImageBitmap(sheet));
          for (let i = 0; row && i < 2; i++) {
            const canvas = new OffscreenCanvas(size.width, size.height);
            canvas.getContext('2d')?.drawImage(row, -size.width * i, 0);
            await pictures.add(canvas, `${name} ${motion}`);
          }
          await room.stop();
        }
        runs.push(run);
        await all.add(await pictures.toPng(), '');
      }
      room.remove();
      return { sheet: await toBase64(await all.toPng()), runs };
    },
    [GARMENTS, SIZE] as const,
  );
  test.info().annotations.push({ type: 'runs', description: JSON.stringify(runs) });
  await keepPicture('third-party.png', sheet);
  // The torso that the landmarks span includes an open collar, and rises to the chin with raised arms.
  for (const { name, frames, covered } of runs) {
    expect(frames, name).toBe(4);
    expect(covered, name).toBeGreaterThan(0.75);
  }
});
