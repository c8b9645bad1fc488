// Checks garments in pictures that show a part of the body.
import { expect, keepPicture, openLab, test } from './fixtures.ts';

/**
 * Parts of a picture of the whole mannequin (the project's synthetic person): shares of its width and height from the
 * top left. Where the knees are cut off, the tracker invents them, differently in each frame.
 */
const CUTS = {
  'head to thighs': { left: 0.2, top: 0.15, width: 0.6, height: 0.52 },
  'head to waist': { left: 0.2, top: 0.15, width: 0.6, height: 0.29 },
  'shoulders to thighs': { left: 0.2, top: 0.3, width: 0.6, height: 0.37 },
  'left half': { left: 0, top: 0.15, width: 0.5, height: 0.52 },
  lying: { left: 0.2, top: 0.15, width: 0.6, height: 0.52, isLying: true },
};
/**
 * Pixels nearer than this to the outline of the garment's true mask are not judged. The whole picture shows 2.3 m over
 * 480 pixels: 6 pixels are 2.9 cm.
 */
const MARGIN_PIXELS = 6;
/** Height of the filmed mannequin, female-50. Without it the scale is a guess, and with it the place of the hem. */
const STATURE_CENTIMETRES = '163';

/**
 * The film of a lying person is that of a standing one, turned: its true cloth hangs towards the feet, and the room's
 * towards the lower edge of the picture, away from the upper armpit.
 */
const LYING_HOLES = 0.005;

/** Leaves a contact sheet, `half-body.png`. */
test('half a picture: cloth ends at the picture’s edge, opaque, and invented knees do not tear its hem', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await openLab(page);
  const { seen, sheet } = await page.evaluate(
    async ({ cuts, margin, stature }) => {
      const { createRoom, showFrames, cutMannequin, measureWholeness, ContactSheet, toBase64 } = window.lab;
      const paper = new ContactSheet(Object.keys(cuts).length, { columns: 3, cellWidth: 480, cellHeight: 384 });
      const seen: Record<string, { inside: number; holes: number; iou: number }[]> = {};
      const camera = { width: 360, height: 480 };
      const scene = { motion: 'sway', fps: 5, camera, garments: [{ src: '/assets/tee.glb', size: 'M' }] } as const;
      const cutter = await cutMannequin(scene);
      // One room for all films: it forgets the person at each start.
      const room = createRoom({ stature });
      document.querySelector('main')?.append(room);
      for (const [name, cut] of Object.entries(cuts)) {
        // The seed chooses which knees the tracker invents.
        const film = cutter.film(cut, 3);
        room.tracker = film.tracker;
        seen[name] = [];
        await showFrames(room, film.source, { show: [2, 4] }, async (index) => {
          const garment = await room.snapshot({ layers: 'garment' });
          seen[name].push(await measureWholeness(garment, film.garmentMask(room.tracked?.timeMs ?? 0), margin));
          if (index === 4) await paper.add(await room.snapshot(), name);
        });
        room.stop();
      }
      room.remove();
      cutter.close();
      return { seen, sheet: await toBase64(await paper.toPng()) };
    },
    { cuts: CUTS, margin: MARGIN_PIXELS, stature: STATURE_CENTIMETRES },
  );
  test.info().annotations.push({ type: 'seen', description: JSON.stringify(seen) });
  await keepPicture('half-body.png', sheet);
  for (const [name, frames] of Object.entries(seen)) {
    for (const { inside, holes, iou } of frames) {
      expect(inside, `${name}: pixels of the true mask that are judged`).toBeGreaterThan(2500);
      expect(holes, `${name}: share of the cloth that is missing or faded`).toBeLessThan(
        name === 'lying' ? LYING_HOLES : 0.003,
      );
      // The hem is known to a few centimetres, and a picture of half a body holds little but the trunk.
      expect(iou, name).toBeGreaterThan(0.85);
    }
  }
});
