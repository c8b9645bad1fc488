// Checks that people, filmed and photographed, and the mannequin (the project's synthetic person) are dressed:
// 1. a room (`<fitting-room>`) shows a source, frame by frame, with the garment;
// 2. shares of the torso that the garment covers, 0..1, and opacities of the garment, 0..255, are measured in the
//    frames;
// 3. contact sheets in `e2e/output/` show the frames to people.
import type { JSHandle, Page } from 'playwright/test';
import type { FittingRoom } from '../src/index.ts';
import { expect, keepPicture, openLab, openPage, bareTest as test, type Watch, watchPage } from './fixtures.ts';
import { hasFootage } from './serve.ts';

// All tests share one page, and all but that of the photos one room, because loading the engine and compiling shaders
// in software takes as long as dressing ten frames.

/** Frames of the films are scaled down to this width, pixels: drawing in software takes time for every pixel. */
const WIDTH = 240;
/** Cells of the contact sheets, pixels. */
const CELL = { cellWidth: WIDTH, cellHeight: 427 };

test.describe.configure({ mode: 'default', timeout: 240_000 });
let page: Page;
let watch: Watch;
let room: JSHandle<FittingRoom>;
test.beforeAll(async ({ browser }) => {
  page = await openPage(browser);
  watch = watchPage(page);
  await openLab(page);
  room = await page.evaluateHandle(() => {
    const room = window.lab.createRoom();
    document.querySelector('main')?.append(room);
    return room;
  });
});
test.afterEach(async () => {
  await room.evaluate((element) => element.stop());
  expect(watch.complaints).toEqual([]);
  expect(watch.foreign).toEqual([]);
});
test.afterAll(() => page.close());

test('mannequin: six frames of raised arms are tracked and the garment is on the torso in each', async () => {
  const { frames, coverages, given, metrics, sheet } = await page.evaluate(async (room) => {
    const { runSource, toBase64, MannequinSource } = window.lab;
    const result = await runSource(
      room,
      new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 2, camera: { width: 240, height: 320 } }),
      {
        frames: 6,
        sheet: { every: 1, total: 6, options: { columns: 3, cellWidth: 240, cellHeight: 320 } },
      },
    );
    return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
  }, room);
  test.info().annotations.push({ type: 'metrics', description: JSON.stringify(metrics) });
  await keepPicture('mannequin.png', sheet ?? '');
  expect(given).toBe(6);
  expect(frames.length).toBe(6);
  expect(coverages.length).toBe(6);
  expect(coverages.filter(({ centreOnTorso }) => !centreOnTorso).map(({ frame }) => frame)).toEqual([]);
  expect(Math.min(...coverages.map(({ torsoCovered }) => torsoCovered))).toBeGreaterThan(0.6);
});

/** Leaves a contact sheet, `occlusion.png`. */
test('crossed forearms hide the tee, and a tee on a turning body stays on the torso', async () => {
  const { sheet, forearms, centred, torsoCovered } = await page.evaluate(
    async ({ room, hasFootage }) => {
      const { showFrames, garmentCoverage, sampleAlpha, toBase64, createMannequinTruth } = window.lab;
      const { ContactSheet, MannequinSource, SteppedVideoSource } = window.lab;
      const paper = new ContactSheet(10, { columns: 3, cellWidth: 240, cellHeight: 320 });
      const mannequin = { assets: '/assets/', fps: 5, camera: { width: 240, height: 320 } };
      const crossed = new MannequinSource({ ...mannequin, motion: 'arms-crossed' });
      const turning = new MannequinSource({ ...mannequin, motion: 'turn', seed: 2 });
      crossed.seek(1000);
      turning.seek(400);
      const films: [name: string, source: Parameters<typeof showFrames>[1], from: number, show: number[]][] = [
        ['arms crossed', crossed, 0, [1, 5, 10]],
        ['turning', turning, 0, [2, 6, 10]],
      ];
      if (hasFootage) {
        const rendered = new SteppedVideoSource('/footage/rendered-male-arms/clip.mp4', { fps: 7.5 });
        films.push(['rendered arms', rendered, 14, [15, 17, 19, 22]]);
      }
      /** Opacity of the garment, 0..255, at points of both forearms, in the frames where the arms are crossed. */
      const forearms: number[] = [];
      const centred: Record<string, boolean[]> = {};
      let torsoCovered = 0;
      for (const [name, source, from, show] of films) {
        centred[name] = [];
        await showFrames(room, source, { from, show }, async (index) => {
          await paper.add(await room.snapshot(), `${name}, frame ${index}`);
          const garment = await room.snapshot({ layers: 'garment' });
          const coverage = await garmentCoverage(garment, room.tracked?.landmarks ?? []);
          centred[name].push(coverage.centreOnTorso);
          if (source !== crossed || index < 5) return;
          torsoCovered = coverage.torsoCovered;
          const { landmarks } = crossed.truth(room.tracked?.timeMs ?? 0, {
            ...createMannequinTruth(),
            personMask: null,
          });
          // From the elbows (BlazePose's 13 and 14) towards the wrists, whose indices are higher by 2.
          const points = [13, 14].flatMap((elbow) =>
            [0.4, 0.5, 0.6, 0.7, 0.8].map((share) => {
              const [a, b] = [3 * elbow, 3 * (elbow + 2)];
              const between = (axis: number): number => (1 - share) * landmarks[a + axis] + share * landmarks[b + axis];
              return { x: between(0), y: between(1) };
            }),
          );
          forearms.push(...(await sampleAlpha(garment, points)));
        });
        room.stop();
      }
      return { sheet: await toBase64(await paper.toPng()), forearms, centred, torsoCovered };
    },
    { room, hasFootage },
  );
  test.info().annotations.push({ type: 'seen', description: JSON.stringify({ forearms, centred, torsoCovered }) });
  await keepPicture('occlusion.png', sheet);
  expect(forearms.length).toBe(20);
  expect(forearms.filter((alpha) => alpha > 127)).toEqual([]);
  expect(torsoCovered).toBeGreaterThan(0.4);
  for (const [name, frames] of Object.entries(centred)) expect(frames.every(Boolean), name).toBe(true);
});

test('squats: every frame is tracked, in order, and the garment is on the torso in each', async () => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  const { frames, coverages, given, metrics, sheet } = await page.evaluate(
    async ({ room, cell }) => {
      const { runSource, toBase64, SteppedVideoSource } = window.lab;
      const source = new SteppedVideoSource('/footage/squats/pose_squats.mp4', { fps: 1 });
      const result = await runSource(room, source, {
        width: cell.cellWidth,
        sheet: { every: 2, total: 8, options: { columns: 4, ...cell } },
      });
      return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
    },
    { room, cell: CELL },
  );
  test.info().annotations.push({ type: 'metrics', description: JSON.stringify(metrics) });
  await keepPicture('squats.png', sheet ?? '');
  // Thirteen seconds.
  expect(given).toBe(13);
  expect(frames.map(({ frame }) => frame)).toEqual(Array.from({ length: 13 }, (_, i) => i));
  expect(coverages.length).toBe(13);
  expect(coverages.filter(({ centreOnTorso }) => !centreOnTorso).map(({ frame }) => frame)).toEqual([]);
  expect(Math.min(...coverages.map(({ torsoCovered }) => torsoCovered))).toBeGreaterThan(0.6);
});

test('balancing: a man with a blurred face, filmed from above, is dressed while he raises an arm and a leg', async () => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  const { frames, coverages, given, sheet } = await page.evaluate(
    async ({ room, cell }) => {
      const { runSource, toBase64, SteppedVideoSource } = window.lab;
      const source = new SteppedVideoSource('/footage/balancing/cam02.mp4', { fps: 12 });
      const result = await runSource(room, source, {
        width: cell.cellWidth,
        measureEvery: 3,
        sheet: { every: 5, total: 8, options: { columns: 4, ...cell } },
      });
      return { ...result, sheet: result.sheet && (await toBase64(result.sheet)) };
    },
    { room, cell: CELL },
  );
  await keepPicture('balancing.png', sheet ?? '');
  expect(given).toBeGreaterThanOrEqual(20);
  expect(frames.length).toBe(given);
  // The film's face is blurred, so the pose model confuses front and back for some frames, which are unusable.
  const dressed = coverages.filter(({ centreOnTorso, torsoCovered }) => centreOnTorso && torsoCovered > 0.6);
  expect(dressed.length / coverages.length).toBeGreaterThan(0.9);
});

test('stills: a photo by its address is tracked and dressed', async () => {
  test.skip(!hasFootage, 'no footage: FITTING_DATA');
  const stills = ['pose.jpg', 'portrait.jpg'];
  // Drawing in software takes time for every pixel: photos of half the sides.
  for (const still of stills) {
    const base64 = await page.evaluate(async (still) => {
      const photo = await createImageBitmap(await (await fetch(`/footage/stills/${still}`)).blob());
      const canvas = new OffscreenCanvas(photo.width / 2, photo.height / 2);
      canvas.getContext('2d')?.drawImage(photo, 0, 0, canvas.width, canvas.height);
      return window.lab.toBase64(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 }));
    }, still);
    await page.route(`**/half/${still}`, (route) =>
      route.fulfill({ contentType: 'image/jpeg', body: Buffer.from(base64, 'base64') }),
    );
  }
  const { coverages, sheet } = await page.evaluate(
    async ({ stills, cell }) => {
      const { createRoom, untilDressed, garmentCoverage, toBase64, ContactSheet } = window.lab;
      const paper = new ContactSheet(2 * stills.length, { columns: 2, ...cell });
      const coverages = [];
      const room = createRoom();
      document.querySelector('main')?.append(room);
      for (const still of stills) {
        room.setAttribute('source', `/half/${still}`);
        // A photo is handed out twelve times; in the last frame all smoothing has settled.
        const settled = new Promise<void>((resolve) => {
          let frames = 0;
          room.addEventListener('track', () => ++frames === 12 && resolve());
        });
        await room.start();
        await untilDressed(room);
        await settled;
        const garment = await room.snapshot({ layers: 'garment' });
        coverages.push(await garmentCoverage(garment, room.tracked?.landmarks ?? []));
        await paper.add(await room.snapshot({ layers: 'frame' }), `${still}, as taken`);
        await paper.add(await room.snapshot(), still);
        room.stop();
      }
      room.remove();
      return { coverages, sheet: await toBase64(await paper.toPng()) };
    },
    { stills, cell: { cellWidth: 410, cellHeight: 512 } },
  );
  await keepPicture('stills.png', sheet);
  // portrait.jpg ends at the chest: its hips are a guess, so only the garment's area is measured, as a share of
  // the picture.
  expect(coverages[0].centreOnTorso).toBe(true);
  expect(coverages[0].torsoCovered).toBeGreaterThan(0.6);
  expect(coverages[1].area).toBeGreaterThan(0.05);
});
