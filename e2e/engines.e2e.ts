import { expect, openLab, test } from './fixtures.ts';

/** BlazePose: shoulders and hips. */
const TORSO = [11, 12, 23, 24];

for (const engine of ['wasm', 'mediapipe'] as const) {
  test(`engine ${engine}: finds the mannequin's torso, silhouette and dresses it`, async ({ page }) => {
    await openLab(page);
    const seen = await page.evaluate(
      async ({ engine, torso }) => {
        const { createRoom, runSource, MannequinSource } = window.lab;
        const room = createRoom({ engine, model: 'lite', 'no-controls': '' });
        document.querySelector('main')?.append(room);
        const camera = { width: 360, height: 480 };
        const source = new MannequinSource({ assets: '/assets/', motion: 'stand', camera, fps: 10 });
        const { frames } = await runSource(room, source, { frames: 2 });
        const { tracked, state } = room;
        const truth = new MannequinSource({ assets: '/assets/', motion: 'stand', camera, fps: 10 });
        await truth.ready();
        const exact = truth.truth(tracked?.timeMs ?? 0, {
          joints: new Float32Array(3 * 64),
          rotations: new Float32Array(4 * 64),
          landmarks: new Float32Array(3 * 33),
          personMask: { width: 0, height: 0, data: new Uint8ClampedArray(0) },
        });
        truth.close();
        const at = (i: number) => ({ x: tracked?.landmarks[i].x ?? 0, y: tracked?.landmarks[i].y ?? 0 });
        const errors = torso.map((i) =>
          Math.hypot(
            (at(i).x - exact.landmarks[3 * i]) * camera.width,
            (at(i).y - exact.landmarks[3 * i + 1]) * camera.height,
          ),
        );
        const length = Math.hypot((at(11).x - at(23).x) * camera.width, (at(11).y - at(23).y) * camera.height);
        // Overlap of the mask with the exact silhouette: intersection and union.
        const mask = tracked?.mask;
        let both = 0;
        let either = 0;
        for (let y = 0; mask && y < mask.height; y++) {
          for (let x = 0; x < mask.width; x++) {
            const column = Math.floor(((x + 0.5) / mask.width) * exact.personMask.width);
            const row = Math.floor(((y + 0.5) / mask.height) * exact.personMask.height);
            const isPerson = exact.personMask.data[row * exact.personMask.width + column] > 127;
            const isMask = mask.data[y * mask.width + x] > 127;
            if (isPerson && isMask) both++;
            if (isPerson || isMask) either++;
          }
        }
        const { coverage } = frames[frames.length - 1];
        room.remove();
        return {
          engine: state.engine,
          model: state.model,
          errors: errors.map((error) => error / length),
          maskIoU: both / either,
          coverage,
          frames: frames.length,
        };
      },
      { engine, torso: TORSO },
    );
    test.info().annotations.push({ type: 'seen', description: JSON.stringify(seen) });
    expect(seen.engine).toBe(engine);
    expect(seen.model).toBe('lite');
    expect(seen.frames).toBe(2);
    // Of the torso's length: shoulders and hips of people are found to 3 to 11 %.
    for (const error of seen.errors) expect(error).toBeLessThan(0.15);
    expect(seen.maskIoU).toBeGreaterThan(0.85);
    expect(seen.coverage.centreOnTorso).toBe(true);
  });
}
