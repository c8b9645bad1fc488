// Checks that a room (`<fitting-room>`) draws the same film the same way each time, byte for byte, whatever it has shown
// before: body, cloth and drawing depend on the film alone.
import { expect, openLab, test } from './fixtures.ts';
import { hasFootage } from './serve.ts';

/** Frames of the film that are drawn: few, because drawing in software takes time. */
const FRAMES = 6;

test('the same film gives the same pictures, byte for byte, after another film too', async ({ page }) => {
  test.setTimeout(240_000);
  await openLab(page);
  const plays = await page.evaluate(
    async ({ hasFootage, frames }) => {
      const { createRoom, createSmallMannequin, untilDressed, MannequinSource, SteppedVideoSource } = window.lab;
      // The quality ladder changes the model by the speed of the machine.
      const room = createRoom({ model: 'lite' });
      document.querySelector('main')?.append(room);
      /** Plays a source and returns a hash of each frame's picture. */
      const play = async (
        source: InstanceType<typeof MannequinSource> | InstanceType<typeof SteppedVideoSource>,
        count: number,
      ) => {
        const pictures: Promise<Blob>[] = [];
        await new Promise<void>((resolve) => {
          const onTrack = (): void => {
            if (pictures.length < count) pictures.push(room.snapshot());
            if (pictures.length < count) return;
            room.removeEventListener('track', onTrack);
            resolve();
          };
          room.addEventListener('track', onTrack);
          room.source = source;
          void room.start();
        });
        const hashes: string[] = [];
        for (const picture of pictures) {
          const digest = await crypto.subtle.digest('SHA-256', await (await picture).arrayBuffer());
          hashes.push(Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join(''));
        }
        room.stop();
        return hashes;
      };
      const film = () =>
        hasFootage
          ? new SteppedVideoSource('/footage/rendered-male-arms/clip.mp4', { fps: 7.5 })
          : new MannequinSource({ assets: '/assets/', motion: 'arms', fps: 5, camera: { width: 240, height: 320 } });
      // The garment is loaded while the first frames are shown.
      await play(createSmallMannequin(), 1);
      await room.start();
      await untilDressed(room);
      room.stop();
      const first = await play(film(), frames);
      const again = await play(film(), frames);
      const other = new MannequinSource({
        assets: '/assets/',
        motion: 'sway',
        fps: 13,
        camera: { width: 240, height: 320 },
      });
      await play(other, 3);
      const last = await play(film(), frames);
      room.remove();
      return { first, again, last };
    },
    { hasFootage, frames: FRAMES },
  );
  expect(plays.first).toHaveLength(FRAMES);
  expect(new Set(plays.first).size).toBe(FRAMES);
  expect(plays.again).toEqual(plays.first);
  expect(plays.last).toEqual(plays.first);
});
